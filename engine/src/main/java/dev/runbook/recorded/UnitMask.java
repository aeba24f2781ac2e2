package dev.runbook.recorded;

import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.etcd.config.EnvironmentFile;
import dev.runbook.facts.UnitFacts;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks secrets in a systemd unit's properties and files. A variable is recorded when it is etcd's own or the unit's command
 * names it; every other variable counts as a secret.
 */
final class UnitMask {
    private static final String LEFT_OUT =
            "# left out: the file cannot be parsed, so sensitive values in it cannot be found\n";
    private static final Pattern NAMED = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern ASSIGNMENT = Pattern.compile(
            "\"(?<quoted>[A-Za-z_]\\w*)=(?:\\\\.|[^\"\\\\])*\"|'(?<single>[A-Za-z_]\\w*)=[^']*'|(?<name>[A-Za-z_]\\w*)=\\S*");
    private static final Pattern COMMENT = Pattern.compile("(?m)^(?<sign>[ \\t]*[#;])(?<text>.*)$");

    private UnitMask() {}

    static UnitFacts masked(UnitFacts unit) {
        var named = namedBy(unit);
        var properties = new TreeMap<String, String>();
        unit.properties()
                .forEach((name, value) -> properties.put(
                        name, name.equals("Environment") ? variables(value, named) : SecretNames.masked(value)));
        return new UnitFacts(unit.unit(), properties, unit.dropInFolderExists());
    }

    /** Names of the variables in the unit's command. */
    static Set<String> namedBy(UnitFacts unit) {
        var named = new HashSet<String>();
        var command = NAMED.matcher(unit.properties().getOrDefault("ExecStart", ""));
        while (command.find()) {
            named.add(command.group(1));
        }
        return named;
    }

    private static String variables(String assignments, Set<String> named) {
        return ASSIGNMENT
                .matcher(assignments)
                .replaceAll(found -> Matcher.quoteReplacement(variable(found.group(), named)));
    }

    private static String variable(String assignment, Set<String> named) {
        var quote = assignment.startsWith("\"") || assignment.startsWith("'") ? assignment.substring(0, 1) : "";
        var bare = assignment.substring(quote.length(), assignment.length() - quote.length());
        var name = bare.substring(0, bare.indexOf('='));
        return quote + name + "=" + value(name, bare.substring(bare.indexOf('=') + 1), named) + quote;
    }

    private static String value(String name, String value, Set<String> named) {
        boolean recorded = (name.startsWith("ETCD_") || named.contains(name)) && !SecretNames.hides(name, value);
        return recorded || value.isEmpty() ? SecretNames.masked(value) : SecretNames.MASK;
    }

    /** Masks an environment file; one that cannot be parsed is left out as a whole. */
    static String environmentFile(String text, Set<String> named) {
        try {
            var masked = new StringBuilder();
            int from = 0;
            for (var assignment : EnvironmentFile.parse(text).assignments()) {
                masked.append(comments(text.substring(from, assignment.start())));
                var value = value(assignment.name(), assignment.value(), named);
                masked.append(
                        value.equals(assignment.value())
                                ? text.substring(assignment.start(), assignment.end())
                                : "\"" + value.replaceAll("[\"\\\\`$]", "\\\\$0") + "\"");
                from = assignment.end();
            }
            return masked.append(comments(text.substring(from))).toString();
        } catch (ConfigProblem unread) {
            return LEFT_OUT;
        }
    }

    private static String comments(String between) {
        return COMMENT.matcher(between)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group("sign") + SecretNames.comment(found.group("text"))));
    }

    /** Masks flags by name. */
    static Map<String, String> flags(Map<String, String> flags) {
        return SecretNames.masked(flags);
    }
}
