package dev.runbook.node.shell.script;

import java.util.List;
import java.util.stream.Collectors;

/** The one place where a string becomes a word of POSIX sh. */
public final class ShellQuote {
    private ShellQuote() {}

    /** The word that sh reads as exactly this string. */
    public static String word(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("no word of a shell can hold a NUL");
        }
        if (!text.isEmpty() && text.chars().allMatch(ShellQuote::plain)) {
            return text;
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }

    public static String words(List<String> texts) {
        return texts.stream().map(ShellQuote::word).collect(Collectors.joining(" "));
    }

    // No '=' and no '~': a word of them at the start of a line would be an assignment or a home folder.
    private static boolean plain(int character) {
        return character < 128 && (Character.isLetterOrDigit(character) || "/._-+:,@%".indexOf(character) >= 0);
    }
}
