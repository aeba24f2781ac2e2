package dev.runbook.etcd.objects;

import com.google.protobuf.ByteString;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What ConfigMaps and Secrets have beside their metadata (k8s.io/api/core/v1/generated.proto). */
final class DataFields {
    private DataFields() {}

    static boolean holds(String kind) {
        return kind.equals("ConfigMap") || kind.equals("Secret");
    }

    /** @throws IOException when the bytes are no such message */
    static Map<String, Object> of(String kind, ByteString object) throws IOException {
        boolean secret = kind.equals("Secret");
        Map<String, Object> data = new LinkedHashMap<>();
        Map<String, Object> binary = new LinkedHashMap<>();
        Map<String, Object> fields = new LinkedHashMap<>();
        var message = object.newCodedInput();
        for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 2 -> entry(Envelope.bytes(message, tag), data, secret);
                case 3 -> {
                    if (secret) {
                        fields.put("type", Envelope.bytes(message, tag).toStringUtf8());
                    } else {
                        entry(Envelope.bytes(message, tag), binary, true);
                    }
                }
                case 4, 5 -> {
                    if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
                        fields.put("immutable", message.readBool());
                    } else {
                        message.skipField(tag);
                    }
                }
                default -> message.skipField(tag);
            }
        }
        if (!data.isEmpty()) {
            fields.put("data", data);
        }
        if (!binary.isEmpty()) {
            fields.put("binaryData", binary);
        }
        return fields;
    }

    private static void entry(ByteString pair, Map<String, Object> into, boolean bytes) throws IOException {
        var name = "";
        var value = ByteString.EMPTY;
        var message = pair.newCodedInput();
        for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> name = Envelope.bytes(message, tag).toStringUtf8();
                case 2 -> value = Envelope.bytes(message, tag);
                default -> message.skipField(tag);
            }
        }
        into.put(name, bytes ? ObjectText.base64(value) : value.toStringUtf8());
    }
}
