package dev.runbook.report.live;

import dev.runbook.report.Style;

/**
 * A line that is redrawn: it never takes more than one row. Its parts hold neither colours nor control characters.
 *
 * @param head cut where its time would find no room
 * @param time how long it lasts, of how long at most
 * @param shortTime the most important of it, kept as long as possible
 * @param tail cut first
 */
public record LiveRow(String head, String time, String shortTime, String tail, Tone tone) {
    private static final int FIRST_WIDE = 0x1100;

    /** Of a part that is cut so much must be left to be understood. */
    private static final int LEAST = 14;

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

    /** A line of one part. */
    LiveRow(String text, Tone tone) {
        this(text, "", "", "", tone);
    }

    /** What is noticed, behind the host's name. */
    static LiveRow of(String name, Notice notice) {
        return new LiveRow(
                name + notice.head(),
                notice.time(),
                notice.shortTime(),
                notice.tail(),
                notice.nearsDeadline() ? Tone.WARNING : Tone.PLAIN);
    }

    /** Cut to a number of columns and painted. */
    public String shown(int columns, Style style) {
        var cut = fitting(columns);
        return switch (tone) {
            case PLAIN -> cut;
            case QUIET -> style.dim(cut);
            case STRONG -> style.bold(cut);
            case WARNING -> style.yellow(cut);
        };
    }

    private String fitting(int columns) {
        int room = columns - width(head);
        if (width(time) + Math.min(width(tail), LEAST) <= room) {
            return cut(head + time + tail, columns);
        }
        if (width(shortTime) <= room || columns - width(shortTime) < LEAST) {
            return cut(head + shortTime + tail, columns);
        }
        return cut(head, columns - width(shortTime)) + shortTime;
    }

    private static int width(String text) {
        return text.codePoints().map(LiveRow::columns).sum();
    }

    private static String cut(String text, int columns) {
        if (width(text) <= columns) {
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
