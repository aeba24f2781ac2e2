package dev.runbook.node.shell.script;

import dev.runbook.model.Attributes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** What goes into a call of the prelude, before it is quoted. */
public final class ScriptArguments {
    private ScriptArguments() {}

    /** An absolute path without a slash at its end, so that its folder is what stands before the last slash. */
    public static String path(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path on a node is absolute, not " + path);
        }
        var end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    public static String parent(String path) {
        var clean = path(path);
        var slash = clean.lastIndexOf('/');
        return slash == 0 ? "/" : clean.substring(0, slash);
    }

    /** One name below a folder that is ours. */
    public static String name(String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException("a name is letters, digits and dashes, not " + name);
        }
        return name;
    }

    public static String owner(Attributes attributes) {
        return attributes.uid() + ":" + attributes.gid();
    }

    /** Whole seconds, one at least. */
    public static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }

    public static String sha256(String content) {
        return HexFormat.of().formatHex(digest().digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
