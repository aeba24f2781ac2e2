package dev.runbook.load.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Names with ranges, as in {@code cp[1:3].example}, {@code n[01:10:2]} and {@code rack-[a:c]}; both ends are inclusive. */
final class HostRange {
    private static final Pattern RANGE =
            Pattern.compile("\\[(?:(\\d+):(\\d+)(?::(\\d+))?|([a-zA-Z]):([a-zA-Z])(?::(\\d+))?)]");
    private static final int MAXIMUM = 10_000;

    private HostRange() {}

    /**
     * Expands a name with ranges.
     *
     * @throws IllegalArgumentException with a message for the operator
     */
    static List<String> expand(String name) {
        List<String> names = List.of(name);
        // From the left, so that the right-most range varies fastest, as in Ansible.
        for (var matcher = RANGE.matcher(name); matcher.find(); ) {
            var values = values(matcher.toMatchResult());
            List<String> expanded = new ArrayList<>();
            for (var prefix : names) {
                for (var value : values) {
                    expanded.add(prefix.replaceFirst(Pattern.quote(matcher.group()), value));
                }
            }
            if (expanded.size() > MAXIMUM) {
                throw new IllegalArgumentException("the range stands for more than " + MAXIMUM + " hosts");
            }
            names = expanded;
        }
        if (names.getFirst().contains("[") || names.getFirst().contains("]")) {
            throw new IllegalArgumentException("the brackets contain no range");
        }
        return names;
    }

    private static List<String> values(MatchResult range) {
        var numeric = range.group(1) != null;
        var first = numeric ? number(range.group(1)) : range.group(4).charAt(0);
        var last = numeric ? number(range.group(2)) : range.group(5).charAt(0);
        var stepText = numeric ? range.group(3) : range.group(6);
        var step = stepText == null ? 1 : number(stepText);
        if (first > last || step == 0) {
            throw new IllegalArgumentException("the range " + range.group() + " is empty");
        }
        if ((last - first) / step >= MAXIMUM) {
            throw new IllegalArgumentException(
                    "the range " + range.group() + " stands for more than " + MAXIMUM + " hosts");
        }
        var width = numeric && range.group(1).startsWith("0") ? range.group(1).length() : 1;
        List<String> values = new ArrayList<>();
        for (var value = first; value <= last; value += step) {
            values.add(numeric ? String.format("%0" + width + "d", value) : Character.toString(value));
        }
        return values;
    }

    private static int number(String digits) {
        if (digits.length() > 9) {
            throw new IllegalArgumentException("the number " + digits + " is too large for a range");
        }
        return Integer.parseInt(digits);
    }
}
