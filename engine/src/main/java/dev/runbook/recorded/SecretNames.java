package dev.runbook.recorded;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Recognizes secrets by name, and rather too many than too few, because recorded files end up in repositories. */
final class SecretNames {
    /** Replaces a secret: a word without special meaning in YAML, in a unit or in a shell. */
    static final String MASK = "masked";

    private static final Pattern NAME = Pattern.compile("pass(word|wd|phrase)?|pwd|secret|credentials?|token|bearer"
            + "|api_?key|access_?key|private_?key|encryption_?key|auth(orization)?_?header");
    /** Flags of etcd and of Kubernetes that are no secrets despite their names. */
    private static final Set<String> PUBLIC =
            Set.of("initial_cluster_token", "auth_token", "auth_token_ttl", "enable_bootstrap_token_auth");

    private static final Pattern NAMES_A_FILE = Pattern.compile(".*(file|path|dir|folder|config|cert|ca|key)s?");
    private static final Pattern ASSIGNED =
            Pattern.compile("(?<name>[A-Za-z][\\w.-]*)(?<sign>[\"']?\\s*[=:]\\s*[\"']?)(?<value>[^\\s\"',;]+)");
    private static final Pattern FLAG_AND_WORD =
            Pattern.compile("--?(?<name>[A-Za-z][\\w.-]*)(?<sign>[ \\t]+)(?<value>[^\\s-][^\\s]*)");
    private static final Pattern IN_URL = Pattern.compile("(://)[^\\s@]+(@)");
    private static final Pattern BEARER = Pattern.compile("(?i)((?:bearer|basic)\\s+)[A-Za-z0-9+/=._~-]{8,}");
    private static final Pattern KEY_BLOCK =
            Pattern.compile("(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\\z)");

    private SecretNames() {}

    /** Whether a value with this name must be masked. */
    static boolean hides(String name, String value) {
        var plain = name.toLowerCase(Locale.ROOT).replaceAll("[.-]", "_").replaceFirst("^(etcd_)", "");
        if (value.isEmpty() || value.equals(MASK) || value.equals("true") || value.equals("false")) {
            return false;
        }
        boolean path = value.startsWith("/") && NAMES_A_FILE.matcher(plain).matches();
        return NAME.matcher(plain).find() && !PUBLIC.contains(plain) && !path;
    }

    /** Masks the secrets in a text: credentials in URLs, private keys, and values assigned to a secret's name. */
    static String masked(String text) {
        var masked = KEY_BLOCK.matcher(text).replaceAll(MASK);
        masked = IN_URL.matcher(masked).replaceAll("$1" + MASK + "$2");
        masked = BEARER.matcher(masked).replaceAll("$1" + MASK);
        return hidden(FLAG_AND_WORD, hidden(ASSIGNED, masked));
    }

    /** Masks the values after secrets' names; the value after another name is searched too, because it may contain a name. */
    private static String hidden(Pattern pattern, String text) {
        var masked = new StringBuilder(text);
        var found = pattern.matcher(masked);
        for (int from = 0; found.find(from); ) {
            from = found.start("value");
            if (hides(found.group("name"), found.group("value"))) {
                masked.replace(from, found.end("value"), MASK);
                from += MASK.length();
            }
        }
        return masked.toString();
    }

    /** Masks a comment, given without its sign: one that mentions a secret may contain it anywhere. */
    static String comment(String text) {
        return NAME.matcher(text.toLowerCase(Locale.ROOT)).find() ? " " + MASK : masked(text);
    }

    /** Masks values by name, in the order of the names. */
    static Map<String, String> masked(Map<String, String> values) {
        var masked = new TreeMap<String, String>();
        values.forEach((name, value) -> masked.put(name, hides(name, value) ? MASK : masked(value)));
        return masked;
    }
}
