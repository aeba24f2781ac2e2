package dev.runbook.cli.terminal;

import dev.runbook.execute.Interrupt;
import dev.runbook.execute.Interrupt.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Handlers of Ctrl-C, SIGTERM and SIGHUP: the first signal rolls the run back, the second one stops it at once. */
public final class Signals implements AutoCloseable {
    private final List<SignalHandler> handlers = new ArrayList<>();

    private Signals() {}

    public static Signals watch(Interrupt interrupt, Terminal terminal) {
        var signals = new Signals();
        var times = new AtomicInteger();
        for (var name : List.of("INT", "TERM", "HUP")) {
            var handler = SignalHandler.install(name, () -> {
                if (times.incrementAndGet() == 1) {
                    terminal.note("Stopping: the run is rolled back. Send the signal again to stop at once instead.");
                    interrupt.ask(Request.ROLL_BACK);
                } else {
                    terminal.note("Stopping at once; `runbook rollback` rolls the run back later.");
                    interrupt.ask(Request.STOP_NOW);
                }
            });
            signals.handlers.add(handler);
            if (handler.ignored() && !name.equals("HUP")) {
                terminal.note("SIG" + name + " has no effect on this run: it was started with that signal ignored, as"
                        + " shells do for the background jobs of a script. To stop the run, send "
                        + (name.equals("INT") ? "SIGTERM" : "SIGINT") + ": kill -"
                        + (name.equals("INT") ? "TERM" : "INT") + " "
                        + ProcessHandle.current().pid());
            }
        }
        return signals;
    }

    @Override
    public void close() {
        handlers.forEach(SignalHandler::restore);
    }
}
