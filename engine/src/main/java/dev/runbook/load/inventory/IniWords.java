package dev.runbook.load.inventory;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a host's line like Python's {@code shlex}: with quotes and backslashes in words, and a comment from every {@code #}
 * on, even in the middle of a word.
 */
final class IniWords {
    /**
     * A word of a line.
     *
     * @param text without quotes and backslashes
     * @param start where it begins in the line
     * @param end where it ends
     */
    record Word(String text, int start, int end) {}

    /**
     * A line's words.
     *
     * @param gluedComment where a comment begins in the middle of a word; -1 for none
     * @param problem why the line cannot be split; empty when it can
     */
    record Line(List<Word> words, int gluedComment, String problem) {}

    private IniWords() {}

    static Line split(String line) {
        List<Word> words = new ArrayList<>();
        var word = new StringBuilder();
        var start = -1;
        var quote = '\0';
        for (var i = 0; i < line.length(); i++) {
            var character = line.charAt(i);
            if (quote != '\0') {
                if (character == quote) {
                    quote = '\0';
                } else if (quote == '"'
                        && character == '\\'
                        && i + 1 < line.length()
                        && "\"\\".indexOf(line.charAt(i + 1)) >= 0) {
                    i++;
                    word.append(line.charAt(i));
                } else {
                    word.append(character);
                }
            } else if (Character.isWhitespace(character)) {
                if (start >= 0) {
                    words.add(new Word(word.toString(), start, i));
                    word.setLength(0);
                    start = -1;
                }
            } else if (character == '#') {
                var glued = start >= 0 ? i : -1;
                if (start >= 0) {
                    words.add(new Word(word.toString(), start, i));
                }
                return new Line(words, glued, "");
            } else {
                start = start < 0 ? i : start;
                if (character == '\'' || character == '"') {
                    quote = character;
                } else if (character == '\\') {
                    i++;
                    if (i == line.length()) {
                        return new Line(words, -1, "the line ends in a backslash");
                    }
                    word.append(line.charAt(i));
                } else {
                    word.append(character);
                }
            }
        }
        if (quote != '\0') {
            return new Line(words, -1, "a quote is not closed");
        }
        if (start >= 0) {
            words.add(new Word(word.toString(), start, line.length()));
        }
        return new Line(words, -1, "");
    }
}
