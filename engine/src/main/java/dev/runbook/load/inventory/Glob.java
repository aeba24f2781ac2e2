package dev.runbook.load.inventory;

import java.util.regex.Pattern;

/** Globs over names, in which dot and slash are ordinary characters. */
final class Glob {
    private Glob() {}

    static String toRegex(String glob) {
        var regex = new StringBuilder();
        for (var i = 0; i < glob.length(); i++) {
            var character = glob.charAt(i);
            var end = glob.indexOf(']', i + 2);
            if (character == '*') {
                regex.append(".*");
            } else if (character == '?') {
                regex.append('.');
            } else if (character == '[' && end > 0) {
                var content = glob.substring(i + 1, end);
                var negated = content.startsWith("!");
                regex.append(negated ? "[^" : "[")
                        .append((negated ? content.substring(1) : content).replaceAll("([\\\\\\[\\]&^])", "\\\\$1"))
                        .append(']');
                i = end;
            } else {
                regex.append(Pattern.quote(Character.toString(character)));
            }
        }
        return regex.toString();
    }
}
