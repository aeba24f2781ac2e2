package dev.runbook.etcd.objects;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Objects as {@code kubectl apply} takes them to make them again: without what an API server sets by itself. */
public final class Undelete {
    /** Owners too: one that is made again has another UID, and the garbage collector deletes what an unknown UID owns. */
    private static final Set<String> SERVERS_OWN = Set.of(
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "generation",
            "managedFields",
            "ownerReferences",
            "selfLink",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private Undelete() {}

    /**
     * An object as YAML, Secrets with their values, ending in a line break. What is not {@link ObjectText#whole} keeps all.
     *
     * @param value all bytes that are stored
     * @throws IOException when a protobuf object is damaged
     */
    public static String yaml(StoredObject object, byte[] value) throws IOException {
        if (object instanceof StoredObject.Json(var tree) && tree.deepCopy() instanceof ObjectNode copy) {
            copy.remove("status");
            if (copy.get("metadata") instanceof ObjectNode metadata) {
                metadata.remove(SERVERS_OWN);
            }
            return ObjectText.yaml(new StoredObject.Json(copy), value, ObjectText.Secrets.SHOWN);
        }
        if (object instanceof StoredObject.Protobuf protobuf && ObjectText.whole(object)) {
            Map<String, Object> fields = ObjectText.protobuf(protobuf, ObjectText.Secrets.SHOWN);
            if (fields.get("metadata") instanceof Map<?, ?> metadata) {
                Map<Object, Object> kept = new LinkedHashMap<>(metadata);
                kept.keySet().removeAll(SERVERS_OWN);
                fields.put("metadata", kept);
            }
            return ObjectText.text(fields);
        }
        return ObjectText.yaml(object, value, ObjectText.Secrets.SHOWN);
    }
}
