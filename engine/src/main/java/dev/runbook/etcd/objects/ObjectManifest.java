package dev.runbook.etcd.objects;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prints objects as YAML. Objects stored as JSON and Kubernetes' built-in kinds are complete; other protobuf kinds have
 * their metadata, and their bytes under {@code raw-protobuf}. {@code managedFields} are omitted, as kubectl does.
 */
public final class ObjectManifest {
    private static final String MASK = "(hidden)";
    /** kubectl stores the whole applied object here, a Secret's data too. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private ObjectManifest() {}

    /** Whether the values of Secrets are shown. */
    public enum Secrets {
        HIDDEN,
        SHOWN
    }

    /**
     * An object as YAML, ending in a line break.
     *
     * @param value the stored bytes
     * @throws IOException when a protobuf object is damaged
     */
    public static String yaml(StoredObject object, byte[] value, Secrets secrets) throws IOException {
        var tree = ObjectTree.of(object);
        if (tree.isPresent()) {
            return yaml(tree.get(), secrets);
        }
        return switch (object) {
            case StoredObject.Json(var other) -> KubectlYaml.of(other);
            case StoredObject.Protobuf protobuf -> unknownKind(protobuf, secrets);
            case StoredObject.Encrypted encrypted ->
                "# encrypted at rest by provider " + encrypted.provider() + " " + encrypted.version() + " with key "
                        + encrypted.keyName() + ", " + value.length + " bytes\n";
            case StoredObject.Other other -> raw(value);
        };
    }

    /**
     * As {@link #yaml} for a value with its key: a value under a Secret's key is hidden, even if its kind is another.
     *
     * @throws IOException when a protobuf object is damaged
     */
    public static String yaml(ObjectKey key, StoredObject object, byte[] value, Secrets secrets) throws IOException {
        boolean opaque = key.resource().equals("secrets") && !object.kind().equals("Secret");
        return opaque && secrets == Secrets.HIDDEN && !(object instanceof StoredObject.Encrypted)
                ? "# a value of " + value.length + " bytes under the key of a Secret, hidden\n"
                : yaml(object, value, secrets);
    }

    /** An object as YAML, after comments on its undecoded fields; changes the tree. */
    static String yaml(ObjectTree tree, Secrets secrets) {
        ObjectNode fields = tree.fields();
        if (fields.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        if (secrets == Secrets.HIDDEN && tree.text("kind").equals("Secret")) {
            hide(fields);
        }
        return undecodedComments(tree.undecoded()) + KubectlYaml.of(fields);
    }

    static String raw(byte[] value) {
        return KubectlYaml.of(StoredObject.Mappers.JSON.valueToTree(
                Map.of("raw", Base64.getEncoder().encodeToString(value))));
    }

    /** A comment for each field, because the object may be of a newer Kubernetes than the schemas. */
    private static String undecodedComments(List<String> undecoded) {
        var comment = new StringBuilder();
        undecoded.forEach(place -> comment.append("# stored, but unknown to this version: ")
                .append(place.replaceAll("\\p{Cntrl}", "?"))
                .append('\n'));
        return comment.toString();
    }

    /** The type and flags stay, because they are not secret. */
    private static void hide(ObjectNode secret) {
        for (String field : new String[] {"data", "stringData"}) {
            if (secret.get(field) instanceof ObjectNode data) {
                data.propertyNames().stream().toList().forEach(name -> data.put(name, MASK));
            } else if (secret.has(field)) {
                secret.put(field, MASK);
            }
        }
        if (secret.path("metadata").path("annotations") instanceof ObjectNode annotations
                && annotations.has(LAST_APPLIED)) {
            annotations.put(LAST_APPLIED, MASK);
        }
    }

    private static String unknownKind(StoredObject.Protobuf object, Secrets secrets) throws IOException {
        ObjectNode fields = StoredObject.Mappers.JSON.createObjectNode();
        fields.put("apiVersion", object.apiVersion());
        fields.put("kind", object.kind());
        fields.set("metadata", StoredObject.Mappers.JSON.valueToTree(ObjectMeta.of(object.raw())));
        if (object.kind().equals("Secret") && secrets == Secrets.HIDDEN) {
            hide(fields);
        } else {
            fields.put("raw-protobuf", base64(object.raw()));
        }
        return KubectlYaml.of(fields);
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
