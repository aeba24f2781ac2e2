package dev.runbook.cli.terminal;

import dev.runbook.report.Style;
import dev.runbook.report.live.LiveRow;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * A terminal with a block of rows at its end, which are redrawn in place. All that is printed goes through here, so that
 * lines stay above the block and the two never mix.
 *
 * <p>The cursor rests below the block. Each change is one write, which hides the cursor at its begin and shows it at its
 * end: whatever ends the process, it is never left hidden.
 */
final class Screen {
    private static final String ESCAPE = "\u001b[";
    private static final String HIDE = ESCAPE + "?25l";
    private static final String SHOW = ESCAPE + "?25h";
    private static final String TO_END_OF_ROW = ESCAPE + "K";
    private static final String TO_END_OF_SCREEN = ESCAPE + "J";

    private final PrintStream out;
    private final Style style;
    private IntFunction<List<LiveRow>> block = _ -> List.of();
    private List<LiveRow> drawn = List.of();
    private TerminalSize drawnOn = new TerminalSize(0, 0);
    private TerminalSize size = TerminalSize.USUAL;
    private Consumer<Screen> beginning;
    private boolean held;

    /** @param beginning called before the first block is drawn: it sets the size, and follows its changes */
    Screen(PrintStream out, Style style, Consumer<Screen> beginning) {
        this.out = out;
        this.style = style;
        this.beginning = beginning;
    }

    /** The terminal was resized. */
    synchronized void resize(TerminalSize now) {
        size = now;
        redraw();
    }

    /** Other output was written meanwhile, such as that of a shell while this process was stopped. */
    synchronized void forget() {
        drawn = List.of();
    }

    /** Draws this block from now on: for a number of rows at most, the rows. */
    synchronized void show(IntFunction<List<LiveRow>> next) {
        var first = beginning;
        beginning = _ -> {};
        first.accept(this);
        block = next;
        redraw();
    }

    /** Draws no block until it is released, because the operator types. */
    synchronized void hold() {
        held = true;
        redraw();
    }

    synchronized void release() {
        held = false;
    }

    /** Prints text above the block, on either stream of the terminal; it ends with a line feed. */
    synchronized void print(PrintStream stream, String text) {
        if (drawn.isEmpty()) {
            stream.print(text);
            stream.flush();
            if (!rows().isEmpty()) {
                redraw();
            }
            return;
        }
        var next = rows();
        if (stream.equals(out)) {
            write(erasing() + text + drawing(next));
        } else {
            write(erasing());
            stream.print(text);
            stream.flush();
            write(drawing(next));
        }
        remember(next);
    }

    /** Draws what has changed. */
    synchronized void redraw() {
        var next = rows();
        if (next.equals(drawn) && size.equals(drawnOn)) {
            return;
        }
        if (next.isEmpty() && drawn.isEmpty()) {
            remember(next);
            return;
        }
        boolean inPlace = next.size() == drawn.size() && size.equals(drawnOn);
        write(inPlace ? changes(next) : erasing() + drawing(next));
        remember(next);
    }

    private List<LiveRow> rows() {
        return held ? List.of() : block.apply(Math.max(1, size.rows() - 2));
    }

    private void remember(List<LiveRow> rows) {
        drawn = List.copyOf(rows);
        drawnOn = size;
    }

    private String changes(List<LiveRow> next) {
        var text = new StringBuilder();
        for (int row = 0; row < next.size(); row++) {
            if (!next.get(row).equals(drawn.get(row))) {
                int up = next.size() - row;
                text.append(ESCAPE).append(up).append("A\r").append(shown(next.get(row)));
                text.append(TO_END_OF_ROW).append(ESCAPE).append(up).append("B\r");
            }
        }
        return text.toString();
    }

    /** To the begin of the block, and all behind it erased. */
    private String erasing() {
        int rows = 0;
        for (var row : drawn) {
            rows += rowsNow(row);
        }
        return rows == 0 ? "" : "\r" + ESCAPE + rows + "A" + TO_END_OF_SCREEN;
    }

    /** Terminals of today wrap what does not fit any more when they become narrower. */
    private int rowsNow(LiveRow row) {
        int length = row.shown(columns(drawnOn), Style.PLAIN).length();
        return size.columns() >= drawnOn.columns() || length == 0
                ? 1
                : (length + size.columns() - 1) / Math.max(1, size.columns());
    }

    private String drawing(List<LiveRow> rows) {
        var lines = new ArrayList<String>();
        rows.forEach(row -> lines.add(shown(row) + TO_END_OF_ROW + "\n"));
        return String.join("", lines);
    }

    private String shown(LiveRow row) {
        return row.shown(columns(size), style);
    }

    /** One less: a terminal may wrap at the last one. */
    private static int columns(TerminalSize size) {
        return Math.max(1, size.columns() - 1);
    }

    private void write(String text) {
        if (!text.isEmpty()) {
            out.print(HIDE + text + SHOW);
            out.flush();
        }
    }
}
