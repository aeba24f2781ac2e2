package dev.runbook.etcd.kinds;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The kinds of {@code k8s.io/api} and {@code apiextensions-apiserver}, in all versions that {@link Schemas} holds. */
public final class BuiltInKinds {
    private BuiltInKinds() {}

    /** Whether a kind has a schema. */
    public static boolean contains(String apiVersion, String kind) {
        return Schemas.find(apiVersion, kind).isPresent();
    }

    /**
     * Decodes an object; empty for a kind without a schema.
     *
     * @param apiVersion such as {@code apps/v1}, {@code v1}
     * @param raw the message of the kind, without the envelope
     * @throws InvalidProtocolBufferException when the bytes are damaged
     */
    public static Optional<DecodedObject> decode(String apiVersion, String kind, ByteString raw)
            throws InvalidProtocolBufferException {
        var type = Schemas.find(apiVersion, kind);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("apiVersion", apiVersion);
        tree.put("kind", kind);
        List<String> undecoded = new ArrayList<>();
        new MessageTree(undecoded).print(DynamicMessage.parseFrom(type.get(), raw), "", tree);
        return Optional.of(new DecodedObject(tree, undecoded));
    }
}
