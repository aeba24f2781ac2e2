package dev.runbook.etcd.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the blocks of PEM text (RFC 7468). */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private Pem() {}

    /** One block. A class, because a record with an array would compare it by identity. */
    static final class Block {
        private final String label;
        private final byte[] content;
        private final boolean encrypted;

        private Block(String label, byte[] content, boolean encrypted) {
            this.label = label;
            this.content = content;
            this.encrypted = encrypted;
        }

        String label() {
            return label;
        }

        byte[] content() {
            return content.clone();
        }

        /** Whether it needs a password: the legacy encryption with headers. */
        boolean encrypted() {
            return encrypted;
        }
    }

    /** @throws IllegalArgumentException when a block is not base64 */
    static List<Block> blocks(byte[] pem) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(new String(pem, US_ASCII));
        while (matcher.find()) {
            String body = matcher.group(2);
            boolean encrypted = body.contains("ENCRYPTED");
            byte[] content = encrypted ? new byte[0] : Base64.getDecoder().decode(body.replaceAll("\\s", ""));
            blocks.add(new Block(matcher.group(1), content, encrypted));
        }
        return blocks;
    }
}
