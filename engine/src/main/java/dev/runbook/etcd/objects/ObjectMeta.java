package dev.runbook.etcd.objects;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads ObjectMeta, field 1 of every kind, from a protobuf object (k8s.io/apimachinery/pkg/apis/meta/v1/generated.proto),
 * with the names of JSON and without {@code managedFields}.
 */
public final class ObjectMeta {
    private ObjectMeta() {}

    /**
     * The metadata of an object.
     *
     * @throws IOException when the bytes are damaged
     */
    public static Map<String, Object> of(ByteString object) throws IOException {
        Map<String, Object> metadata = new LinkedHashMap<>();
        var message = object.newCodedInput();
        for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                read(ProtobufEnvelope.bytes(message, tag).newCodedInput(), metadata);
            } else {
                message.skipField(tag);
            }
        }
        return metadata;
    }

    private static void read(CodedInputStream meta, Map<String, Object> metadata) throws IOException {
        for (int tag = meta.readTag(); tag != 0; tag = meta.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> text(meta, tag, "name", metadata);
                case 2 -> text(meta, tag, "generateName", metadata);
                case 3 -> text(meta, tag, "namespace", metadata);
                case 5 -> text(meta, tag, "uid", metadata);
                case 7 -> metadata.put("generation", number(meta, tag));
                case 8 -> metadata.put("creationTimestamp", time(ProtobufEnvelope.bytes(meta, tag)));
                case 9 -> metadata.put("deletionTimestamp", time(ProtobufEnvelope.bytes(meta, tag)));
                case 11 -> entry(ProtobufEnvelope.bytes(meta, tag), "labels", metadata);
                case 12 -> entry(ProtobufEnvelope.bytes(meta, tag), "annotations", metadata);
                case 13 -> list("ownerReferences", metadata).add(owner(ProtobufEnvelope.bytes(meta, tag)));
                case 14 ->
                    list("finalizers", metadata)
                            .add(ProtobufEnvelope.bytes(meta, tag).toStringUtf8());
                default -> meta.skipField(tag);
            }
        }
    }

    private static void text(CodedInputStream message, int tag, String name, Map<String, Object> into)
            throws IOException {
        var text = ProtobufEnvelope.bytes(message, tag).toStringUtf8();
        if (!text.isEmpty()) {
            into.put(name, text);
        }
    }

    private static long number(CodedInputStream message, int tag) throws IOException {
        if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_VARINT) {
            throw new IOException("field " + WireFormat.getTagFieldNumber(tag) + " is not a number");
        }
        return message.readInt64();
    }

    private static String time(ByteString timestamp) throws IOException {
        long seconds = 0;
        var message = timestamp.newCodedInput();
        for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                seconds = number(message, tag);
            } else {
                message.skipField(tag);
            }
        }
        return seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()
                ? Long.toString(seconds)
                : Instant.ofEpochSecond(seconds).toString();
    }

    @SuppressWarnings("unchecked")
    private static void entry(ByteString pair, String name, Map<String, Object> metadata) throws IOException {
        var key = "";
        var value = "";
        var message = pair.newCodedInput();
        for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> key = ProtobufEnvelope.bytes(message, tag).toStringUtf8();
                case 2 -> value = ProtobufEnvelope.bytes(message, tag).toStringUtf8();
                default -> message.skipField(tag);
            }
        }
        ((Map<String, String>) metadata.computeIfAbsent(name, _ -> new LinkedHashMap<String, String>()))
                .put(key, value);
    }

    private static Map<String, Object> owner(ByteString reference) throws IOException {
        Map<String, Object> owner = new LinkedHashMap<>();
        var message = reference.newCodedInput();
        for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> text(message, tag, "kind", owner);
                case 3 -> text(message, tag, "name", owner);
                case 4 -> text(message, tag, "uid", owner);
                case 5 -> text(message, tag, "apiVersion", owner);
                case 6 -> owner.put("controller", number(message, tag) != 0);
                case 7 -> owner.put("blockOwnerDeletion", number(message, tag) != 0);
                default -> message.skipField(tag);
            }
        }
        return owner;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(String name, Map<String, Object> metadata) {
        return (List<Object>) metadata.computeIfAbsent(name, _ -> new ArrayList<>());
    }
}
