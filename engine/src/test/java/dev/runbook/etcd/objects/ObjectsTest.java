package dev.runbook.etcd.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectsTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        /registry/configmaps/shop/cfg, configmaps, shop, cfg, ConfigMap
        /registry/minions/n1, nodes, '', n1, Node
        /registry/services/specs/shop/web, services, shop, web, Service
        /registry/services/endpoints/shop/web, endpoints, shop, web, Endpoints
        /registry/example.org/policies/shop/p, example.org/policies, shop, p, policies.example.org
        /registry/apiregistration.k8s.io/apiservices/v1., apiregistration.k8s.io/apiservices, '', v1., APIService
        /registry/ranges/serviceips, ranges, '', serviceips, ranges
        compact_rev_key, '', '', compact_rev_key, ''
        """)
    void keysIdentifyObjects(String key, String resource, String namespace, String name, String kind) {
        assertThat(ObjectKey.of(key)).isEqualTo(new ObjectKey(resource, namespace, name));
        assertThat(ObjectKey.of(key).isKind(kind)).isTrue();
        assertThat(ObjectKey.of(key).isKind("Nothing")).isFalse();
    }

    @Test
    void secretsAreHiddenUnlessRequested() throws Exception {
        byte[] protobuf = protobuf(
                "Secret",
                field(
                        1,
                        field(1, "token"),
                        field(12, field(1, "kubectl.kubernetes.io/last-applied-configuration"), field(2, "{hunter2}"))),
                field(2, field(1, "password"), field(2, "hunter2")),
                field(3, "Opaque"));
        byte[] json = """
            {"kind":"Secret","metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"hunter2"}},\
            "data":{"password":"hunter2"},"stringData":{"p":"hunter2"}}\
            """.getBytes(UTF_8);
        for (byte[] value : new byte[][] {protobuf, json}) {
            assertThat(ObjectManifest.yaml(StoredObject.of(value), value, ObjectManifest.Secrets.HIDDEN))
                    .contains("password: (hidden)")
                    .doesNotContain("hunter2")
                    .doesNotContain("aHVudGVyMg");
        }
        assertThat(ObjectManifest.yaml(StoredObject.of(protobuf), protobuf, ObjectManifest.Secrets.SHOWN))
                .contains("password: \"aHVudGVyMg==\"")
                .contains("type: Opaque");
    }

    @Test
    void protobufOfUnknownKindsKeepsItsBytes() throws Exception {
        byte[] value = protobuf("Widget", field(1, field(1, "p"), field(3, "shop")), field(2, "x"));
        StoredObject object = StoredObject.of(value);

        assertThat(ObjectManifest.yaml(object, value, ObjectManifest.Secrets.HIDDEN))
                .isEqualTo("""
                    apiVersion: v1
                    kind: Widget
                    metadata:
                      name: p
                      namespace: shop
                    raw-protobuf: "CgkKAXAaBHNob3ASAXg="
                    """);
        assertThat(ObjectExtraction.extract(object, value).complete()).isFalse();
    }

    @Test
    void undecodedFieldsAreListed() throws Exception {
        byte[] newer = protobuf("ConfigMap", field(1, field(1, "cfg")), field(77, "new"));
        byte[] damaged = protobuf("ConfigMap", field(1, "x"));

        assertThat(ObjectExtraction.extract(StoredObject.of(newer), newer))
                .isEqualTo(new ObjectExtraction.ExtractedFile(false, """
                    # stored, but unknown to this version: field number 77
                    apiVersion: v1
                    kind: ConfigMap
                    metadata:
                      name: cfg
                    """));
        assertThat(ObjectExtraction.extract(StoredObject.of(damaged), damaged).complete())
                .isFalse();
        assertThat(ObjectExtraction.extract(StoredObject.of(damaged), damaged).yaml())
                .startsWith("# damaged: ")
                .contains("raw: ");
        assertThatThrownBy(() -> ObjectManifest.yaml(StoredObject.of(damaged), damaged, ObjectManifest.Secrets.SHOWN))
                .isInstanceOf(IOException.class);
    }

    @Test
    void extractedObjectsHaveNoFieldsSetByTheServer() throws Exception {
        byte[] json = """
            {"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"shop","uid":"u","resourceVersion":"7",\
            "generation":1,"creationTimestamp":"2026-01-01T00:00:00Z","managedFields":[{}],"ownerReferences":[{}],\
            "labels":{"uid":"kept"}},"data":{"status":"eA=="},"status":{"uid":"u"}}\
            """.getBytes(UTF_8);
        byte[] protobuf = protobuf(
                "ConfigMap",
                field(1, field(1, "cfg"), field(3, "shop"), field(5, "u"), field(8), field(13, field(1, "Deployment"))),
                field(2, field(1, "uid"), field(2, "kept")));

        assertThat(ObjectExtraction.extract(StoredObject.of(json), json).yaml()).isEqualTo("""
            apiVersion: v1
            kind: Secret
            metadata:
              name: s
              namespace: shop
              labels:
                uid: kept
            data:
              status: "eA=="
            """);
        assertThat(ObjectExtraction.extract(StoredObject.of(protobuf), protobuf).yaml())
                .isEqualTo("""
                    apiVersion: v1
                    kind: ConfigMap
                    metadata:
                      name: cfg
                      namespace: shop
                    data:
                      uid: kept
                    """);
    }

    @Test
    void aValueUnderASecretsKeyIsHidden() throws Exception {
        byte[] value = "hunter2".getBytes(UTF_8);
        ObjectKey secret = ObjectKey.of("/registry/secrets/shop/s");
        ObjectKey other = ObjectKey.of("/registry/things/shop/s");

        assertThat(ObjectManifest.yaml(secret, StoredObject.of(value), value, ObjectManifest.Secrets.HIDDEN))
                .isEqualTo("# a value of 7 bytes under the key of a Secret, hidden\n");
        assertThat(ObjectManifest.yaml(secret, StoredObject.of(value), value, ObjectManifest.Secrets.SHOWN))
                .isEqualTo(ObjectManifest.yaml(other, StoredObject.of(value), value, ObjectManifest.Secrets.HIDDEN))
                .contains("aHVudGVyMg");
    }

    @Test
    void encryptedAndDamagedValuesAreNamed() {
        assertThat(StoredObject.of("k8s:enc:aescbc:v1:key1:\1\2".getBytes(UTF_8)))
                .isEqualTo(new StoredObject.Encrypted("aescbc", "v1", "key1"));
        assertThat(StoredObject.of("k8s:enc:x".getBytes(UTF_8))).isEqualTo(new StoredObject.Other());
        assertThat(StoredObject.of("k8s\0\377\377".getBytes(UTF_8))).isEqualTo(new StoredObject.Other());
        assertThat(StoredObject.of("{".getBytes(UTF_8))).isEqualTo(new StoredObject.Other());
        assertThat(StoredObject.of(new byte[0])).isEqualTo(new StoredObject.Other());
    }

    private static byte[] protobuf(String kind, ByteString... fields) throws IOException {
        return ByteString.copyFromUtf8("k8s\0")
                .concat(field(1, field(1, "v1"), field(2, kind)))
                .concat(field(2, fields))
                .toByteArray();
    }

    private static ByteString field(int number, ByteString... parts) throws IOException {
        return field(number, ByteString.copyFrom(java.util.List.of(parts)));
    }

    private static ByteString field(int number, String text) throws IOException {
        return field(number, ByteString.copyFromUtf8(text));
    }

    private static ByteString field(int number, ByteString content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeBytes(number, content);
        out.flush();
        return ByteString.copyFrom(bytes.toByteArray());
    }
}
