package dev.runbook.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.report.Style;
import dev.runbook.report.live.HostsWait;
import dev.runbook.report.live.LiveRow;
import dev.runbook.report.live.Notice;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is written to a terminal, and what it then shows. */
class ScreenTest {
    private final EmulatedTerminal emulated = new EmulatedTerminal(40, 8);
    private final List<String> writes = new ArrayList<>();
    private final PrintStream out = stream();
    private final PrintStream err = stream();
    private final Screen screen = new Screen(out, Style.PLAIN, first -> first.resize(new TerminalSize(40, 8)));
    private List<LiveRow> rows = List.of();

    /** Each flush is a write. */
    private PrintStream stream() {
        var bytes = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                if (size() > 0) {
                    writes.add(toString(StandardCharsets.UTF_8));
                    emulated.write(writes.getLast());
                    reset();
                }
            }
        };
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    private void draw(String... texts) {
        rows = List.of(texts).stream()
                .map(text -> new LiveRow(text, "", "", "", LiveRow.Tone.PLAIN))
                .toList();
        screen.redraw();
    }

    private void begin() {
        screen.show(_ -> rows);
    }

    @Test
    void linesStayAboveTheBlockAndNothingIsLeftOfIt() {
        begin();
        screen.print(out, "[1/2] stop\n");
        draw("  cp1  waiting, 1 s", "  cp2  waiting, 1 s");
        assertThat(emulated.text()).containsExactly("[1/2] stop", "  cp1  waiting, 1 s", "  cp2  waiting, 1 s", "");
        draw("  cp1  waiting, 1 s", "  cp2  waiting, 2 s");
        screen.print(out, "        cp1   ok\n");
        screen.print(err, "Stopping: the run is rolled back.\n");
        assertThat(emulated.text())
                .containsExactly(
                        "[1/2] stop",
                        "        cp1   ok",
                        "Stopping: the run is rolled back.",
                        "  cp1  waiting, 1 s",
                        "  cp2  waiting, 2 s",
                        "");
        draw("  cp1  done", "  cp2  waiting, 3 s", "  API away for 3 s");
        draw("  API away for 4 s");
        assertThat(emulated.text()).endsWith("Stopping: the run is rolled back.", "  API away for 4 s", "");
        screen.show(_ -> List.of());
        assertThat(emulated.text())
                .containsExactly("[1/2] stop", "        cp1   ok", "Stopping: the run is rolled back.", "");
        assertThat(emulated.cursorShown()).isTrue();
    }

    @Test
    void onlyWhatChangedIsWrittenAndInOneWrite() {
        begin();
        draw("one", "two", "three");
        writes.clear();
        screen.redraw();
        assertThat(writes).isEmpty();
        draw("one", "TWO", "three");
        assertThat(writes).containsExactly("\u001b[?25l\u001b[2A\rTWO\u001b[K\u001b[2B\r\u001b[?25h");
        writes.clear();
        screen.print(out, "a line\n");
        assertThat(writes).hasSize(1);
        // The cursor is shown at the end of each write, so that nothing can leave it hidden.
        assertThat(writes.getFirst()).startsWith("\u001b[?25l").endsWith("\u001b[?25h");
    }

    @Test
    void aLongBlockScrollsWithoutALossOfLines() {
        begin();
        for (int line = 1; line <= 20; line++) {
            screen.print(out, "line " + line + "\n");
            draw("a " + line, "b", "c");
        }
        screen.show(_ -> List.of());
        assertThat(emulated.text()).hasSize(21).startsWith("line 1").endsWith("line 19", "line 20", "");
    }

    @Test
    void aRowNeverWraps() {
        begin();
        draw("x".repeat(200), "y".repeat(40));
        assertThat(emulated.text()).containsExactly("x".repeat(38) + "…", "y".repeat(38) + "…", "");
    }

    @Test
    void aLineLongerThanARowStaysWhole() {
        begin();
        draw("one", "two");
        screen.print(out, "x".repeat(100) + "\n");
        assertThat(String.join("", emulated.text())).startsWith("x".repeat(100) + "one");
        assertThat(emulated.text()).endsWith("one", "two", "");
    }

    @Test
    void nothingIsDrawnWhileTheOperatorTypes() {
        begin();
        draw("one");
        screen.hold();
        screen.redraw();
        screen.print(out, "? Continue\n");
        assertThat(emulated.text()).containsExactly("? Continue", "");
        screen.release();
        screen.redraw();
        assertThat(emulated.text()).containsExactly("? Continue", "one", "");
    }

    @Test
    void aNarrowerTerminalThatWrapsTheBlockIsCleanAfterwards() {
        begin();
        draw("x".repeat(30), "y".repeat(10));
        var narrow = new EmulatedTerminal(20, 8);
        // As a terminal reflows it: the first row takes two now.
        narrow.write("x".repeat(30) + "\n" + "y".repeat(10) + "\n");
        writes.clear();
        screen.resize(new TerminalSize(20, 8));
        writes.forEach(narrow::write);
        assertThat(narrow.text()).containsExactly("x".repeat(18) + "…", "y".repeat(10), "");
    }

    /** A clock that a test moves. */
    private static final class SetClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void withoutATerminalALogSaysEveryTenSecondsWhatIsWaitedFor() {
        var clock = new SetClock();
        var log = new ArrayList<String>();
        var wait = new HostsWait(clock, List.of("cp1", "cp2"));
        var terminal = new Terminal(out, err, Style.PLAIN, false, Optional.empty());
        for (int quarter = 0; quarter <= 100; quarter++) {
            clock.now = Instant.EPOCH.plus(Duration.ofMillis(250L * quarter));
            if (quarter == 60) {
                wait.finished("cp1");
            }
            LiveDisplay.tick(terminal, wait, log::add);
        }
        assertThat(log)
                .containsExactly(
                        "        waiting for cp1, cp2 to answer and to show their state, 10 s",
                        "        waiting for cp2 to answer and to show their state, 20 s");
        assertThat(writes).isEmpty();
    }

    @Test
    void programsReadJsonInItsPlace() {
        var clock = new SetClock();
        var wait = new HostsWait(clock, List.of("cp1"));
        var terminal = new Terminal(out, err, Style.PLAIN, true, Optional.empty());
        clock.now = Instant.EPOCH.plusSeconds(10);
        LiveDisplay.tick(terminal, wait, _ -> {
            throw new AssertionError("text for a program");
        });
        assertThat(String.join("", writes)).startsWith("{\"type\":\"waiting\"").contains("waiting for cp1");
    }

    @Test
    void aWaitThatNearsItsDeadlineLeavesAYellowLine() {
        var coloured = new Screen(out, Style.COLOUR, _ -> {});
        var terminal = new Terminal(out, err, Style.COLOUR, false, Optional.empty(), Optional.of(coloured));
        var notice = new Notice(
                Instant.EPOCH,
                Optional.of("etcd3"),
                Optional.empty(),
                "waiting for etcd to stop",
                Duration.ofSeconds(92),
                Optional.of(Duration.ofMinutes(2)),
                true,
                Optional.of("container 5be0 runs"),
                Optional.empty(),
                Optional.empty());
        LiveDisplay.tick(
                terminal,
                new dev.runbook.report.live.Live() {
                    @Override
                    public List<LiveRow> block(int most) {
                        return List.of();
                    }

                    @Override
                    public List<Notice> due() {
                        throw new AssertionError("the steady log is for pipes");
                    }

                    @Override
                    public List<Notice> warnings() {
                        return List.of(notice);
                    }
                },
                _ -> {});
        assertThat(writes)
                .containsExactly(
                        "\u001b[33m        etcd3: waiting for etcd to stop, 1 min 32 s of at most 2 min, fails in"
                                + " 28 s: container 5be0 runs\u001b[0m\n");
    }
}
