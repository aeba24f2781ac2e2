package dev.runbook.load.inventory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Hashes of an inventory's hosts: a plan that was made with one inventory is not applied with another. */
public final class InventoryPrint {
    /** Variables that may be secrets, which are left out, because a short secret can be guessed from its hash. */
    private static final Pattern SECRET = Pattern.compile("(?i)pass|secret|token|credential|private");

    private InventoryPrint() {}

    /** By host, a hash of its groups, its connection and its variables, without secrets. */
    public static SortedMap<String, String> of(Inventory inventory) {
        var prints = new TreeMap<String, String>();
        inventory.hosts().forEach(host -> prints.put(host.name(), sha256(text(host))));
        return prints;
    }

    private static String text(Host host) {
        var text = new StringBuilder();
        text.append(host.groups()).append('\n');
        if (host.reach() instanceof HostConnection.Usable(var connection, var warnings)) {
            text.append(connection).append('\n');
        }
        new TreeMap<>(host.vars()).forEach((name, value) -> {
            if (!SECRET.matcher(name).find()) {
                text.append(name).append('=').append(value.plain()).append('\n');
            }
        });
        return text.toString();
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
