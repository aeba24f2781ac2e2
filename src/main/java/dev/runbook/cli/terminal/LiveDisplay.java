package dev.runbook.cli.terminal;

import dev.runbook.report.line.ProgressLineMapper;
import dev.runbook.report.live.HostsWait;
import dev.runbook.report.live.Live;
import dev.runbook.report.live.Notice;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Shows what lasts while it lasts: on a terminal as a block of rows that is redrawn, elsewhere as a line now and then, and for
 * a program as JSON.
 */
public final class LiveDisplay implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(250);

    private final Terminal terminal;
    private final Live live;
    private final Consumer<String> log;
    private final Thread thread;
    private volatile boolean open = true;

    private LiveDisplay(Terminal terminal, Live live, Consumer<String> log) {
        this.terminal = terminal;
        this.live = live;
        this.log = log;
        this.thread = Thread.ofPlatform().daemon().name("display").unstarted(this::run);
    }

    /**
     * Shows it until the display is closed.
     *
     * @param log prints a line where there is no terminal
     */
    public static LiveDisplay start(Terminal terminal, Live live, Consumer<String> log) {
        var display = new LiveDisplay(terminal, live, log);
        terminal.show(live::block);
        display.thread.start();
        return display;
    }

    /** Shows nothing. */
    public static LiveDisplay none(Terminal terminal) {
        return new LiveDisplay(terminal, new HostsWait(Clock.systemUTC(), List.of()), _ -> {});
    }

    /** Shows which of the hosts are waited for; its lines are no result, so they go to standard error. */
    public static LiveDisplay start(Terminal terminal, HostsWait wait) {
        return start(terminal, wait, terminal::note);
    }

    private void run() {
        while (open) {
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException e) {
                // It is closed.
                return;
            }
            tick(terminal, live, log);
        }
    }

    /** Shows what has changed or is due. */
    static void tick(Terminal terminal, Live live, Consumer<String> log) {
        if (terminal.json()) {
            live.due().forEach(notice -> terminal.emit(ProgressLineMapper.of(notice)));
        } else if (terminal.isLive()) {
            warn(terminal, live.warnings(), terminal::line);
            terminal.redraw();
        } else {
            var due = live.due();
            warn(terminal, due, log);
            if (!due.isEmpty()) {
                live.outage().ifPresent(text -> log.accept("        " + text));
            }
        }
    }

    private static void warn(Terminal terminal, List<Notice> notices, Consumer<String> log) {
        notices.forEach(
                notice -> log.accept(notice.nearsDeadline() ? terminal.style().yellow(notice.line()) : notice.line()));
    }

    @Override
    public void close() {
        open = false;
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        thread.interrupt();
        try {
            // Nothing is drawn after it.
            thread.join(TICK.multipliedBy(4));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        terminal.show(_ -> List.of());
    }
}
