package dev.runbook.etcd.objects;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Kubernetes' envelope of protobuf values (k8s.io/apimachinery/pkg/runtime/generated.proto): message Unknown, with
 * TypeMeta and the bytes of the object.
 */
final class ProtobufEnvelope {
    private static final int PREFIX = 4;

    private ProtobufEnvelope() {}

    static StoredObject read(byte[] value) {
        try {
            var unknown = CodedInputStream.newInstance(value, PREFIX, value.length - PREFIX);
            var type = ByteString.EMPTY;
            var raw = ByteString.EMPTY;
            for (int tag = unknown.readTag(); tag != 0; tag = unknown.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case 1 -> type = bytes(unknown, tag);
                    case 2 -> raw = bytes(unknown, tag);
                    default -> unknown.skipField(tag);
                }
            }
            return typed(type, raw);
        } catch (IOException damaged) {
            return new StoredObject.Other();
        }
    }

    private static StoredObject typed(ByteString type, ByteString raw) throws IOException {
        var apiVersion = "";
        var kind = "";
        var fields = type.newCodedInput();
        for (int tag = fields.readTag(); tag != 0; tag = fields.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> apiVersion = bytes(fields, tag).toStringUtf8();
                case 2 -> kind = bytes(fields, tag).toStringUtf8();
                default -> fields.skipField(tag);
            }
        }
        return new StoredObject.Protobuf(apiVersion, kind, raw);
    }

    /** A field of bytes; a field of another type means damage. */
    static ByteString bytes(CodedInputStream message, int tag) throws IOException {
        if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            throw new IOException("field " + WireFormat.getTagFieldNumber(tag) + " is not a bytes field");
        }
        return message.readBytes();
    }
}
