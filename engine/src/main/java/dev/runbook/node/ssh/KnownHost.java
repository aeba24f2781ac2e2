package dev.runbook.node.ssh;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One line of a known_hosts file.
 *
 * @param hosts the patterns, or one hashed name
 * @param type of the key, such as {@code ssh-ed25519}
 * @param key in base64
 */
record KnownHost(Path file, int line, Marker marker, String hosts, String type, String key, String text) {
    enum Marker {
        NONE,
        AUTHORITY,
        REVOKED
    }

    /** Empty for a comment, an empty line, or one that OpenSSH would pass over, too. */
    static Optional<KnownHost> parse(Path file, int line, String text) {
        var fields = text.strip().split("\\s+", -1);
        if (fields[0].isEmpty() || fields[0].startsWith("#")) {
            return Optional.empty();
        }
        var marker = switch (fields[0]) {
            case "@cert-authority" -> Marker.AUTHORITY;
            case "@revoked" -> Marker.REVOKED;
            case String _ -> Marker.NONE;
        };
        var first = marker == Marker.NONE ? 0 : 1;
        if (fields.length < first + 3) {
            return Optional.empty();
        }
        return Optional.of(
                new KnownHost(file, line, marker, fields[first], fields[first + 1], fields[first + 2], text.strip()));
    }

    /** @param name as OpenSSH writes it: {@code host}, or {@code [host]:port} for another port than 22 */
    boolean appliesTo(String name) {
        if (hosts.startsWith("|1|")) {
            return hashed(name);
        }
        var patterns = hosts.split(",", -1);
        var refused = Arrays.stream(patterns)
                .anyMatch(pattern -> pattern.startsWith("!") && matches(pattern.substring(1), name));
        return !refused && Arrays.stream(patterns).anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        var regex = new StringBuilder();
        for (var character : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
            switch (character) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(character)));
            }
        }
        return name.toLowerCase(Locale.ROOT).matches(regex.toString());
    }

    private boolean hashed(String name) {
        var parts = hosts.split("\\|", -1);
        if (parts.length != 4) {
            return false;
        }
        try {
            // RFC 2104 over SHA-1 is what ssh-keygen -H writes; it hides names, it vouches for nothing.
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
            var hash = mac.doFinal(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** As ssh-keygen -l shows it. */
    String fingerprint() {
        try {
            return fingerprint(Base64.getDecoder().decode(key));
        } catch (IllegalArgumentException e) {
            return "an unreadable key";
        }
    }

    static String fingerprint(byte[] blob) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    String place() {
        return file + ":" + line;
    }
}
