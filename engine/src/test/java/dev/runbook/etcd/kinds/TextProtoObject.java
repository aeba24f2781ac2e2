package dev.runbook.etcd.kinds;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** An object in protobuf's text format, whose first line is {@code # APIVERSION KIND}. */
public final class TextProtoObject {
    private TextProtoObject() {}

    /** The bytes that an API server stores. */
    public static byte[] stored(String text) throws IOException {
        String[] type = text.substring(2, text.indexOf('\n')).split(" ", 2);
        var message = DynamicMessage.newBuilder(Schemas.find(type[0], type[1]).orElseThrow());
        TextFormat.merge(text, message);
        ByteString meta = field(1, ByteString.copyFromUtf8(type[0])).concat(field(2, ByteString.copyFromUtf8(type[1])));
        return ByteString.copyFromUtf8("k8s\0")
                .concat(field(1, meta))
                .concat(field(2, message.build().toByteString()))
                .concat(field(3, ByteString.EMPTY))
                .concat(field(4, ByteString.EMPTY))
                .toByteArray();
    }

    private static ByteString field(int number, ByteString content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = CodedOutputStream.newInstance(bytes);
        out.writeBytes(number, content);
        out.flush();
        return ByteString.copyFrom(bytes.toByteArray());
    }
}
