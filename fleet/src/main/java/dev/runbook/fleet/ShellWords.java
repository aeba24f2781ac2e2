package dev.runbook.fleet;

import java.util.List;
import java.util.stream.Collectors;

/** Words for a line of sh. */
final class ShellWords {
    private ShellWords() {}

    static String quoted(List<String> words) {
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
