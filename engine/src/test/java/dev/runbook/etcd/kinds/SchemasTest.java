package dev.runbook.etcd.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.runbook.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * The descriptors in the engine equal those of {@code client-java-proto}, a dependency of this test only. {@code
 * -Dgolden.update=true} copies them again after its version changed.
 */
class SchemasTest {
    private static final Path RESOURCE =
            Path.of("src/main/resources/dev/runbook/etcd/kinds").resolve(Schemas.RESOURCE);

    @Test
    void descriptorsAreThoseOfTheOfficialClient() throws Exception {
        var client = ofClient();
        if (Boolean.getBoolean("golden.update")) {
            Files.write(RESOURCE, packed(client));
        }
        try (var packed = new GZIPInputStream(Files.newInputStream(RESOURCE))) {
            assertThat(FileDescriptorSet.parseFrom(packed).equals(client))
                    .as("regenerate with -Dgolden.update=true")
                    .isTrue();
        }
    }

    @Test
    void kindsAreFoundByTheirApiVersion() throws Exception {
        var kinds = new StringBuilder();
        for (FileDescriptor file : Schemas.all()) {
            var names = new TreeSet<String>();
            file.getMessageTypes().forEach(message -> {
                if (message.findFieldByName("metadata") != null
                        && !message.getName().endsWith("List")) {
                    names.add(message.getName());
                }
            });
            if (!names.isEmpty()) {
                kinds.append(file.getPackage())
                        .append(": ")
                        .append(String.join(" ", names))
                        .append('\n');
            }
        }
        Golden.assertMatches("etcd/kinds/kinds.txt", kinds.toString());
        for (var known : List.of(
                "v1 Pod",
                "apps/v1 Deployment",
                "rbac.authorization.k8s.io/v1 Role",
                "networking.k8s.io/v1beta1 Ingress",
                "apiextensions.k8s.io/v1 CustomResourceDefinition",
                "internal.apiserver.k8s.io/v1alpha1 StorageVersion",
                "flowcontrol.apiserver.k8s.io/v1 FlowSchema")) {
            var words = known.split(" ", 2);
            assertThat(BuiltInKinds.contains(words[0], words[1])).as(known).isTrue();
        }
        assertThat(BuiltInKinds.contains("v1", "PodSpec")).isFalse();
        assertThat(BuiltInKinds.contains("v1", "Widget")).isFalse();
        assertThat(BuiltInKinds.contains("example.org/v1", "Pod")).isFalse();
        assertThat(BuiltInKinds.contains("", "")).isFalse();
    }

    /** A name that is in no schema is a typo, or Kubernetes dropped it. */
    @Test
    void tablesNameExistingFields() {
        var names = fields().stream().map(FieldNames::qualified).toList();
        assertThat(names).containsAll(FieldNames.INLINED).containsAll(FieldNames.RENAMED.keySet());
        assertThat(fields().stream().filter(FieldNames::inlined))
                .allMatch(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated());
    }

    /**
     * In the schema, a struct that Go embeds is a field named like its type. The golden file lists all such fields and how
     * they are read, so that one in new descriptors shows up.
     */
    @Test
    void fieldsNamedAsTheirTypeAreKnown() throws Exception {
        Map<String, String> found = new TreeMap<>();
        fields().forEach(field -> {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && !field.isRepeated()
                    && field.getMessageType()
                            .getName()
                            .toLowerCase(Locale.ROOT)
                            .equals(field.getName().toLowerCase(Locale.ROOT))) {
                found.put(FieldNames.qualified(field), FieldNames.inlined(field) ? "inlined" : "nested");
            }
        });
        var text = new StringBuilder();
        found.forEach((name, how) -> text.append(how).append(' ').append(name).append('\n'));
        Golden.assertMatches("etcd/kinds/named-as-their-type.txt", text.toString());
    }

    private static List<FieldDescriptor> fields() {
        return StreamSupport.stream(Schemas.all().spliterator(), false)
                .flatMap(file -> file.getMessageTypes().stream())
                .flatMap(message -> message.getFields().stream())
                .toList();
    }

    /** Loads only the outer classes, because protobuf warns of the old generated code of the message classes. */
    private static FileDescriptorSet ofClient() throws Exception {
        var anchor = Class.forName("io.kubernetes.client.proto.Meta");
        var files = new TreeMap<String, FileDescriptorProto>();
        try (var jar = new JarFile(Path.of(anchor.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toFile())) {
            for (var entry : jar.stream().toList()) {
                String name = entry.getName();
                if (name.startsWith("io/kubernetes/client/proto/") && name.endsWith(".class") && !name.contains("$")) {
                    var type =
                            Class.forName(name.substring(0, name.length() - 6).replace('/', '.'));
                    var file = (FileDescriptor) type.getMethod("getDescriptor").invoke(null);
                    files.put(file.getName(), file.toProto());
                }
            }
        }
        return FileDescriptorSet.newBuilder().addAllFile(files.values()).build();
    }

    private static byte[] packed(FileDescriptorSet descriptors) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var packer = new GZIPOutputStream(bytes)) {
            descriptors.writeTo(packer);
        }
        return bytes.toByteArray();
    }
}
