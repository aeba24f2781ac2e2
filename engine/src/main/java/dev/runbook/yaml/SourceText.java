package dev.runbook.yaml;

import dev.runbook.model.Position;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** A text by lines. The parser counts from 0 and in code points; positions count from 1 and in UTF-16 units. */
final class SourceText {
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\n|\r");

    /** The value after a key such as ansible_password; expressions and types of inputs are no secrets. */
    private static final Pattern PASSWORD = Pattern.compile(
            "(?i)(\\b\\w*pass(?:word|phrase)?[\"']?\\s*[:=]\\s*)(?!secret\\b)([^\\s,}{$](?:(?!\\$\\{\\{)[^,}])*(?=[,}]|$))");

    private final String file;
    private final List<String> lines;

    SourceText(String file, String text) {
        this.file = file;
        lines = List.of(LINE_BREAK.split(text, -1));
    }

    Position at(Mark mark) {
        return position(mark.getLine(), utf16(mark.getLine(), mark.getColumn()), 1);
    }

    /** From one mark to another, at most up to the end of the line. */
    Position between(Mark start, Mark end) {
        var from = utf16(start.getLine(), start.getColumn());
        var to = end.getLine() > start.getLine()
                ? line(start.getLine()).stripTrailing().length()
                : utf16(end.getLine(), end.getColumn());
        return position(start.getLine(), from, to - from);
    }

    /** Line and column from 0, in UTF-16 units. */
    Position position(int line, int column, int length) {
        var shownLine = Math.min(line, lines.size() - 1);
        var shownColumn = Math.min(column, line(shownLine).length());
        return new Position(file, shownLine + 1, shownColumn + 1, Math.max(1, length), masked(line(shownLine)));
    }

    /** Masks passwords in a line, because lines are shown with problems and stored in reports. */
    private static String masked(String line) {
        return PASSWORD.matcher(line)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) + "*".repeat(match.group(2).length())));
    }

    String line(int line) {
        return line < lines.size() ? lines.get(line) : "";
    }

    int lineCount() {
        return lines.size();
    }

    int utf16(int line, int codePoints) {
        var text = line(line);
        return codePoints >= text.codePointCount(0, text.length())
                ? text.length()
                : text.offsetByCodePoints(0, codePoints);
    }
}
