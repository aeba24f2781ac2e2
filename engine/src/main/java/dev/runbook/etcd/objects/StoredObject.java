package dev.runbook.etcd.objects;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A value as an API server stores it, by its encoding. A value that only looks like one of the encodings is {@link Other}. */
public sealed interface StoredObject {
    /** As in its manifest, such as {@code Deployment}; empty when the value has none. */
    default String kind() {
        return "";
    }

    /** The encoding in a word, for lists. */
    String encoding();

    /** A custom resource, or a built-in one of an API server that is configured to store JSON. */
    record Json(JsonNode tree) implements StoredObject {
        @Override
        public String kind() {
            return tree.path("kind").asString("");
        }

        @Override
        public String encoding() {
            return "json";
        }
    }

    /**
     * A built-in resource in Kubernetes' envelope: {@code k8s\0} and a message runtime.Unknown.
     *
     * @param raw the message of the kind itself
     */
    record Protobuf(String apiVersion, String kind, ByteString raw) implements StoredObject {
        @Override
        public String encoding() {
            return "protobuf";
        }
    }

    /**
     * Encrypted at rest: {@code k8s:enc:PROVIDER:VERSION:KEY:...}
     *
     * @param provider such as aescbc, secretbox, kms
     * @param keyName as in the API server's EncryptionConfiguration
     */
    record Encrypted(String provider, String version, String keyName) implements StoredObject {
        @Override
        public String encoding() {
            return "encrypted(" + provider + " " + version + ", key " + keyName + ")";
        }
    }

    /** Any other value, such as a compaction marker or another program's value. */
    record Other() implements StoredObject {
        @Override
        public String encoding() {
            return "other";
        }
    }

    /** Detects the encoding of a value and reads its envelope. */
    static StoredObject of(byte[] value) {
        if (startsWith(value, "k8s\0")) {
            return ProtobufEnvelope.read(value);
        }
        if (startsWith(value, "k8s:enc:")) {
            return encrypted(value);
        }
        if (value.length > 0 && value[0] == '{') {
            try {
                return new Json(Mappers.JSON.readTree(value));
            } catch (JacksonException notJson) {
                return new Other();
            }
        }
        return new Other();
    }

    private static StoredObject encrypted(byte[] value) {
        // The names end well before this; the rest is ciphertext.
        var head = new String(value, 0, Math.min(value.length, 400), StandardCharsets.ISO_8859_1).split(":", 6);
        return head.length < 5 ? new Other() : new Encrypted(head[2], head[3], head[4]);
    }

    private static boolean startsWith(byte[] value, String prefix) {
        var wanted = prefix.getBytes(StandardCharsets.ISO_8859_1);
        return value.length >= wanted.length
                && java.util.Arrays.equals(value, 0, wanted.length, wanted, 0, wanted.length);
    }

    /** Holder, because constants of an interface are public. */
    final class Mappers {
        static final JsonMapper JSON = JsonMapper.builder().build();

        private Mappers() {}
    }
}
