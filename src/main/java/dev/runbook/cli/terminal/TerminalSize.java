package dev.runbook.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Columns and rows of a terminal. */
record TerminalSize(int columns, int rows) {
    static final TerminalSize USUAL = new TerminalSize(80, 24);
    private static final long PATIENCE_SECONDS = 2;

    /** That of this process's terminal now, else that of COLUMNS and LINES, else 80 times 24. */
    static TerminalSize now() {
        return asked().orElseGet(() -> new TerminalSize(
                positive(System.getenv("COLUMNS")).orElse(USUAL.columns()),
                positive(System.getenv("LINES")).orElse(USUAL.rows())));
    }

    private static Optional<TerminalSize> asked() {
        try {
            var stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return Optional.empty();
            }
            return parse(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // Without stty, or without a terminal to ask.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** As stty prints it: rows, columns; zeros where the terminal does not know. */
    private static Optional<TerminalSize> parse(String size) {
        var words = size.strip().split(" ", 2);
        return positive(words[0])
                .flatMap(rows ->
                        positive(words.length < 2 ? "" : words[1]).map(columns -> new TerminalSize(columns, rows)));
    }

    private static Optional<Integer> positive(@Nullable String number) {
        return Optional.ofNullable(number)
                .filter(digits -> digits.matches("[1-9][0-9]{0,4}"))
                .map(Integer::valueOf);
    }
}
