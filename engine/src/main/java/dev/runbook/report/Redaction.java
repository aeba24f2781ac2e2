package dev.runbook.report;

import java.util.regex.Pattern;

/** What of configuration files a reader of plans and events gets to see: not what only looks like configuration. */
public final class Redaction {
    private static final String MASK = "********";
    private static final Pattern CREDENTIALS_IN_URL = Pattern.compile("(://[^/\\s:@]+:)[^@\\s/]+(@)");
    private static final Pattern SECRET_VALUE =
            Pattern.compile("(?i)([\\w.-]*(?:password|passwd|secret|credential)[\\w.-]*\\s*[=:]\\s*)\\S.*");

    private Redaction() {}

    /** One line of a file, with passwords in URLs and values of what is named a secret masked. */
    public static String mask(String line) {
        var masked = CREDENTIALS_IN_URL.matcher(line).replaceAll("$1" + MASK + "$2");
        return SECRET_VALUE.matcher(masked).replaceAll("$1" + MASK);
    }
}
