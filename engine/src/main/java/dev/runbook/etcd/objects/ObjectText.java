package dev.runbook.etcd.objects;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Objects as YAML. What is stored as JSON comes out whole, and so do ConfigMaps, Secrets and Namespaces; of other
 * protobuf kinds the metadata, and their own bytes under {@code raw-protobuf}.
 */
public final class ObjectText {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    private static final String MASK = "(hidden)";
    /** kubectl keeps all of what was applied here, a Secret's data too. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private ObjectText() {}

    /** Whether the values of Secrets are shown. */
    public enum Secrets {
        HIDDEN,
        SHOWN
    }

    /** Whether every field of an object can be told, so that it may be applied again. */
    public static boolean whole(StoredObject object) {
        return switch (object) {
            case StoredObject.Json json -> true;
            case StoredObject.Protobuf protobuf ->
                protobuf.apiVersion().equals("v1")
                        && (DataFields.holds(protobuf.kind()) || protobuf.kind().equals("Namespace"));
            case StoredObject.Encrypted encrypted -> false;
            case StoredObject.Other other -> false;
        };
    }

    /**
     * An object as YAML, ending in a line break.
     *
     * @param value all bytes that are stored
     * @throws IOException when a protobuf object is damaged
     */
    public static String yaml(StoredObject object, byte[] value, Secrets secrets) throws IOException {
        return switch (object) {
            case StoredObject.Json(var tree) -> YAML.writeValueAsString(json(tree, secrets));
            case StoredObject.Protobuf protobuf -> YAML.writeValueAsString(protobuf(protobuf, secrets));
            case StoredObject.Encrypted encrypted ->
                "# encrypted at rest by provider " + encrypted.provider() + " " + encrypted.version() + " with key "
                        + encrypted.keyName() + ", " + value.length + " bytes\n";
            case StoredObject.Other other ->
                YAML.writeValueAsString(Map.of("raw", Base64.getEncoder().encodeToString(value)));
        };
    }

    static String text(Map<String, Object> fields) {
        return YAML.writeValueAsString(fields);
    }

    /**
     * As {@link #yaml} for a value under the key of an object: what stands where Secrets do is hidden as one, whatever its
     * value says of itself.
     *
     * @throws IOException when a protobuf object is damaged
     */
    public static String yaml(ObjectKey key, StoredObject object, byte[] value, Secrets secrets) throws IOException {
        boolean opaque = key.resource().equals("secrets") && !object.kind().equals("Secret");
        return opaque && secrets == Secrets.HIDDEN && !(object instanceof StoredObject.Encrypted)
                ? "# a value of " + value.length + " bytes where a Secret should be; hidden\n"
                : yaml(object, value, secrets);
    }

    private static JsonNode json(JsonNode tree, Secrets secrets) {
        if (!tree.path("kind").asString("").equals("Secret")
                || secrets == Secrets.SHOWN
                || !(tree.deepCopy() instanceof ObjectNode copy)) {
            return tree;
        }
        for (String field : new String[] {"data", "stringData"}) {
            if (copy.get(field) instanceof ObjectNode data) {
                data.propertyNames().stream().toList().forEach(name -> data.put(name, MASK));
            } else if (copy.has(field)) {
                copy.put(field, MASK);
            }
        }
        if (copy.path("metadata").path("annotations") instanceof ObjectNode annotations
                && annotations.has(LAST_APPLIED)) {
            annotations.put(LAST_APPLIED, MASK);
        }
        return copy;
    }

    static Map<String, Object> protobuf(StoredObject.Protobuf object, Secrets secrets) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("apiVersion", object.apiVersion());
        map.put("kind", object.kind());
        boolean hide = object.kind().equals("Secret") && secrets == Secrets.HIDDEN;
        Map<String, Object> metadata = MetaFields.of(object.raw());
        if (hide
                && metadata.get("annotations") instanceof Map<?, ?> annotations
                && annotations.containsKey(LAST_APPLIED)) {
            Map<Object, Object> masked = new LinkedHashMap<>(annotations);
            masked.put(LAST_APPLIED, MASK);
            metadata.put("annotations", masked);
        }
        map.put("metadata", metadata);
        if (object.apiVersion().equals("v1") && DataFields.holds(object.kind())) {
            DataFields.of(object.kind(), object.raw())
                    .forEach((name, value) -> map.put(name, hide ? masked(value) : value));
        } else if (!whole(object) && !hide) {
            map.put("raw-protobuf", base64(object.raw()));
        }
        return map;
    }

    /** Types and flags stay: they are no secrets. */
    private static Object masked(Object value) {
        if (value instanceof Map<?, ?> data) {
            Map<Object, Object> hidden = new LinkedHashMap<>();
            data.keySet().forEach(name -> hidden.put(name, MASK));
            return hidden;
        }
        return value;
    }

    static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
