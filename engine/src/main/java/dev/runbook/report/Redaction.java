package dev.runbook.report;

import java.util.regex.Pattern;

/** Masks secrets in lines of configuration files that plans and events show. */
public final class Redaction {
    private static final String MASK = "********";
    private static final Pattern CREDENTIALS_IN_URL = Pattern.compile("(://[^/\\s:@]+:)[^@\\s/]+(@)");
    private static final Pattern SECRET_VALUE =
            Pattern.compile("(?i)([\\w.-]*(?:password|passwd|secret|credential)[\\w.-]*\\s*[=:]\\s*)\\S.*");

    private Redaction() {}

    /** One line of a file, with masks for passwords in URLs and for values whose name says that they are secret. */
    public static String mask(String line) {
        var masked = CREDENTIALS_IN_URL.matcher(line).replaceAll("$1" + MASK + "$2");
        return SECRET_VALUE.matcher(masked).replaceAll("$1" + MASK);
    }
}
