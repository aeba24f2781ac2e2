package dev.runbook.etcd.objects;

import dev.runbook.etcd.kinds.BuiltInKinds;
import dev.runbook.etcd.kinds.DecodedObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object with all of its fields, in any encoding.
 *
 * @param fields as in JSON; the caller may change them
 * @param undecoded paths of stored fields that are not among the fields
 */
public record ObjectTree(ObjectNode fields, List<String> undecoded) {
    public ObjectTree {
        undecoded = List.copyOf(undecoded);
    }

    /**
     * Decodes an object; empty for an unknown kind, for a value that is not an object, and for an encrypted one.
     *
     * @throws IOException when a protobuf object is damaged
     */
    public static Optional<ObjectTree> of(StoredObject object) throws IOException {
        return switch (object) {
            case StoredObject.Json(var tree) ->
                tree.deepCopy() instanceof ObjectNode copy
                        ? Optional.of(new ObjectTree(copy, List.of()))
                        : Optional.empty();
            case StoredObject.Protobuf(var apiVersion, var kind, var raw) -> {
                Optional<DecodedObject> decoded = BuiltInKinds.decode(apiVersion, kind, raw);
                yield decoded.map(known -> new ObjectTree(known.tree(), known.undecoded()));
            }
            case StoredObject.Encrypted encrypted -> Optional.empty();
            case StoredObject.Other other -> Optional.empty();
        };
    }

    String text(String field) {
        return fields.path(field).asString("");
    }

    JsonNode metadata() {
        return fields.path("metadata");
    }

    /** The UID of the object's controller, if it has one. */
    Optional<String> controllerUid() {
        for (JsonNode owner : metadata().path("ownerReferences")) {
            if (owner.path("controller").asBoolean(false)) {
                return Optional.of(owner.path("uid").asString(""));
            }
        }
        return Optional.empty();
    }
}
