package dev.runbook.etcd.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of {@code EnvironmentFile=} in systemd's syntax (systemd: src/basic/env-file.c): assignments with shell-like quotes,
 * comments after {@code #} or {@code ;}, lines that a backslash continues.
 *
 * @param text as it was read
 * @param assignments in order; of a name that occurs twice the last one takes effect
 */
public record EnvironmentFile(String text, List<Assignment> assignments) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./:=,@%+~\\[\\]-]*");

    public EnvironmentFile {
        assignments = List.copyOf(assignments);
    }

    /**
     * One assignment.
     *
     * @param value without quotes
     * @param start index in the text of the first character after the equals sign
     * @param end index of the end of the line, or of the text
     */
    public record Assignment(String name, String value, int start, int end) {}

    /**
     * Reads a file.
     *
     * @throws ConfigProblem when versions of systemd read it differently
     */
    public static EnvironmentFile parse(String text) throws ConfigProblem {
        return new EnvironmentFile(text, new EnvironmentFileParser(text).parse());
    }

    /** Values by name, in the order of first assignment. */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        assignments.forEach(assignment -> values.put(assignment.name(), assignment.value()));
        return Collections.unmodifiableMap(values);
    }

    /**
     * Sets a variable: at its last assignment, else on a new line at the end. All else stays unchanged.
     *
     * @throws ConfigProblem when no spelling of the value reads back as that value
     */
    public EnvironmentFile with(String name, String value) throws ConfigProblem {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a variable: '" + name + "'");
        }
        WritableValue.check(value);
        Optional<Assignment> before = assignments.reversed().stream()
                .filter(assignment -> assignment.name().equals(name))
                .findFirst();
        String changed;
        if (before.isPresent()) {
            String spelled = spell(
                    value, text.substring(before.get().start(), before.get().end()));
            changed = text.substring(0, before.get().start())
                    + spelled
                    + text.substring(before.get().end());
        } else {
            String gap = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
            changed = text + gap + name + "=" + spell(value, "") + "\n";
        }
        EnvironmentFile after = parse(changed);
        if (!after.pairs().equals(expected(name, value))) {
            throw new ConfigProblem(
                    "the value '" + value + "' of " + name + " cannot be written into the environment file safely");
        }
        return after;
    }

    private List<Map.Entry<String, String>> pairs() {
        return assignments.stream()
                .map(assignment -> Map.entry(assignment.name(), assignment.value()))
                .toList();
    }

    private List<Map.Entry<String, String>> expected(String name, String value) {
        List<Map.Entry<String, String>> expected = new ArrayList<>(pairs());
        for (int index = expected.size() - 1; index >= 0; index--) {
            if (expected.get(index).getKey().equals(name)) {
                expected.set(index, Map.entry(name, value));
                return expected;
            }
        }
        expected.add(Map.entry(name, value));
        return expected;
    }

    /** In the quotes of the old value, where possible. */
    private static String spell(String value, String before) {
        if (before.strip().startsWith("'") && value.indexOf('\'') < 0) {
            return "'" + value + "'";
        }
        if (!before.strip().startsWith("\"") && BARE.matcher(value).matches()) {
            return value;
        }
        return "\"" + value.replaceAll("[\"\\\\`$]", "\\\\$0") + "\"";
    }
}
