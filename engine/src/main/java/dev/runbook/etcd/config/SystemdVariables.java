package dev.runbook.etcd.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands variables in a unit's command: {@code ${NAME}} within a word, {@code $NAME} as a whole word that becomes as many
 * words as its value has, and {@code $$} for one dollar sign (systemd: man systemd.service, "Command lines").
 */
final class SystemdVariables {
    private static final Pattern WHOLE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern WITHIN = Pattern.compile("\\$\\$|\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

    private SystemdVariables() {}

    /** Expands one word; an unknown variable is empty. */
    static List<String> expand(String word, Map<String, String> variables) throws ConfigProblem {
        Matcher whole = WHOLE.matcher(word);
        if (whole.matches()) {
            List<String> words = new ArrayList<>();
            for (SystemdWord part : SystemdQuoting.split(variables.getOrDefault(whole.group(1), ""))) {
                words.add(part.value());
            }
            return words;
        }
        return List.of(WITHIN.matcher(word)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null ? "$" : variables.getOrDefault(found.group(1), ""))));
    }
}
