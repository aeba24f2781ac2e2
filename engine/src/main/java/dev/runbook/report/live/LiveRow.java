package dev.runbook.report.live;

import dev.runbook.report.Style;

/**
 * A line that is redrawn: it never takes more than one row.
 *
 * @param text without colours and control characters
 */
public record LiveRow(String text, Tone tone) {
    private static final int FIRST_WIDE = 0x1100;

    /** How a line is painted as a whole. */
    public enum Tone {
        PLAIN,
        /** There is nothing to wait for. */
        QUIET,
        /** Read this one. */
        STRONG,
        /** It may fail soon. */
        WARNING
    }

    /** Cut to a number of columns and painted. */
    public String shown(int columns, Style style) {
        var cut = cut(text, columns);
        return switch (tone) {
            case PLAIN -> cut;
            case QUIET -> style.dim(cut);
            case STRONG -> style.bold(cut);
            case WARNING -> style.yellow(cut);
        };
    }

    private static String cut(String text, int columns) {
        if (text.codePoints().map(LiveRow::columns).sum() <= columns) {
            return text;
        }
        var cut = new StringBuilder();
        int used = 1;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            used += columns(text.codePointAt(at));
            if (used > columns) {
                break;
            }
            cut.appendCodePoint(text.codePointAt(at));
        }
        return columns <= 0 ? "" : cut.append('…').toString();
    }

    /** Taken for two where a terminal may take two: a line that is too short does no harm. */
    private static int columns(int codePoint) {
        return codePoint >= FIRST_WIDE && codePoint != '…' && (codePoint < 0x2000 || codePoint > 0x206f) ? 2 : 1;
    }
}
