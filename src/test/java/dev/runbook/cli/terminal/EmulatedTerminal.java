package dev.runbook.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** As much of a terminal as the display needs: rows that scroll, wrapping, the cursor, and erasing. */
final class EmulatedTerminal {
    private final int columns;
    private final int rows;
    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;
    private boolean cursorShown = true;

    EmulatedTerminal(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
    }

    void write(String text) {
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            switch (next) {
                case '\n' -> {
                    row++;
                    column = 0;
                    grow();
                }
                case '\r' -> column = 0;
                case '\u001b' -> at = control(text, at + 2);
                default -> put(next);
            }
        }
    }

    private void put(char next) {
        if (column == columns) {
            row++;
            column = 0;
            grow();
        }
        var line = lines.get(row);
        while (line.length() <= column) {
            line.append(' ');
        }
        line.setCharAt(column++, next);
    }

    private void grow() {
        while (lines.size() <= row) {
            lines.add(new StringBuilder());
        }
    }

    /** The control sequence whose parameters begin here; where it ends. */
    private int control(String text, int from) {
        int at = from;
        while (!Character.isLetter(text.charAt(at))) {
            at++;
        }
        var parameter = text.substring(from, at);
        int count = parameter.matches("[0-9]+") ? Integer.parseInt(parameter) : 1;
        switch (text.charAt(at)) {
            // What has scrolled out is out of reach.
            case 'A' -> row = Math.max(Math.max(0, lines.size() - rows), row - count);
            case 'B' -> row = Math.min(lines.size() - 1, row + count);
            case 'K' -> lines.get(row).setLength(Math.min(column, lines.get(row).length()));
            case 'J' -> {
                lines.get(row).setLength(Math.min(column, lines.get(row).length()));
                lines.subList(row + 1, lines.size()).clear();
            }
            case 'l' -> cursorShown = false;
            case 'h' -> cursorShown = true;
            case 'm' -> {}
            default -> throw new AssertionError("unknown sequence ending in " + text.charAt(at));
        }
        return at;
    }

    /** All lines, those that scrolled out included. */
    List<String> text() {
        return lines.stream().map(line -> line.toString().stripTrailing()).toList();
    }

    boolean cursorShown() {
        return cursorShown;
    }
}
