package dev.runbook.model;

/**
 * A place in a text.
 *
 * @param file the file's name as given
 * @param line from 1
 * @param column from 1, in UTF-16 units
 * @param length of the marked text, 1 or more; the caret line has this many marks
 * @param lineText the whole line, so that a report can show it without reading the file again
 */
public record Position(String file, int line, int column, int length, String lineText) {
    public Position {
        if (line < 1 || column < 1 || length < 1) {
            throw new IllegalArgumentException(
                    "line, column and length start at 1: " + line + ":" + column + "+" + length);
        }
    }

    /** {@code file:line:column}, the form that editors and terminals make a link of. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
