package dev.runbook.load.ssh;

import java.util.ArrayList;
import java.util.List;

/** Splits a line into words like a shell, with quotes and backslashes. */
public final class ShellWords {
    private ShellWords() {}

    public static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        var word = new StringBuilder();
        var inWord = false;
        var quote = '\0';
        for (var i = 0; i < line.length(); i++) {
            var character = line.charAt(i);
            if (character == '\\' && quote != '\'' && i + 1 < line.length()) {
                i++;
                word.append(line.charAt(i));
                inWord = true;
            } else if (quote != '\0') {
                if (character == quote) {
                    quote = '\0';
                } else {
                    word.append(character);
                }
            } else if (character == '\'' || character == '"') {
                quote = character;
                inWord = true;
            } else if (Character.isWhitespace(character)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(character);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
