package dev.runbook.yaml;

import dev.runbook.model.Position;
import dev.runbook.yaml.YamlValue.Scalar;
import dev.runbook.yaml.YamlValue.Style;

/**
 * Positions of a scalar's characters in its file.
 *
 * <p>YAML's folding and indentation change white space only: the n-th visible character of the value is the n-th visible
 * character of its source, not counting quotes, escapes and a block's header line. So positions inside folded and block
 * scalars are exact without the rules of folding.
 */
public final class ScalarSource {
    private final SourceText text;
    private final int startLine;
    private final int startColumn;

    private final boolean isReplaced;

    ScalarSource(SourceText text, int startLine, int startColumn) {
        this(text, startLine, startColumn, false);
    }

    private ScalarSource(SourceText text, int startLine, int startColumn, boolean isReplaced) {
        this.text = text;
        this.startLine = startLine;
        this.startColumn = startColumn;
        this.isReplaced = isReplaced;
    }

    /** The source of a text that replaces this one, and whose parts all have the position of the whole. */
    ScalarSource ofReplacement() {
        return new ScalarSource(text, startLine, startColumn, true);
    }

    Position within(Scalar scalar, int offset, int length) {
        if (isReplaced) {
            return scalar.position();
        }
        var value = scalar.text();
        var visibleBefore = visible(value, 0, Math.min(offset, value.length()));
        var walk = new Walk(scalar.style());
        walk.skipVisible(visibleBefore);
        if (offset < value.length() && !Character.isWhitespace(value.charAt(offset))) {
            walk.moveToVisible();
        }
        var line = walk.line;
        var column = walk.column;
        var visibleInside = visible(value, offset, Math.min(offset + length, value.length()));
        walk.skipVisible(visibleInside);
        var end = walk.line == line
                ? Math.max(walk.column, column + 1)
                : text.line(line).stripTrailing().length();
        // A part that ends in white space, or after the end, keeps the requested length.
        return text.position(line, column, visibleInside == 0 ? 1 : end - column);
    }

    private static int visible(String value, int from, int to) {
        var count = 0;
        for (var i = from; i < to; i++) {
            if (!Character.isWhitespace(value.charAt(i))) {
                count++;
            }
        }
        return count;
    }

    /** A cursor over the source that yields the characters of the value. */
    private final class Walk {
        private final Style style;
        private int line = startLine;
        private int column = startColumn;

        Walk(Style style) {
            this.style = style;
            switch (style) {
                case PLAIN -> {}
                case SINGLE_QUOTED, DOUBLE_QUOTED -> column++;
                case BLOCK -> {
                    line++;
                    column = 0;
                }
            }
        }

        void skipVisible(int count) {
            for (var skipped = 0; skipped < count; skipped++) {
                moveToVisible();
                column += width();
            }
        }

        void moveToVisible() {
            while (line < text.lineCount()) {
                var current = text.line(line);
                if (column >= current.length()) {
                    line++;
                    column = 0;
                } else if (isInvisible(current)) {
                    column += width();
                } else {
                    return;
                }
            }
        }

        private boolean isInvisible(String current) {
            var character = current.charAt(column);
            if (style == Style.DOUBLE_QUOTED && character == '\\') {
                // Escapes of white space, and a backslash that only joins two lines.
                return column + 1 >= current.length() || "nrt0abefvNLP_ \t".indexOf(current.charAt(column + 1)) >= 0;
            }
            return Character.isWhitespace(character);
        }

        private int width() {
            var current = text.line(line);
            var rest = current.length() - column;
            var character = current.charAt(column);
            if (style == Style.SINGLE_QUOTED && character == '\'') {
                return Math.min(2, rest);
            }
            if (style == Style.DOUBLE_QUOTED && character == '\\' && rest > 1) {
                return switch (current.charAt(column + 1)) {
                    case 'x' -> Math.min(4, rest);
                    case 'u' -> Math.min(6, rest);
                    case 'U' -> Math.min(10, rest);
                    default -> 2;
                };
            }
            return 1;
        }
    }
}
