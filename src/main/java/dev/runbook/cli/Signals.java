package dev.runbook.cli;

import dev.runbook.execute.Interrupt;
import dev.runbook.execute.Interrupt.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Turns Ctrl-C, SIGTERM and SIGHUP into wishes: the first rolls back, the second stops at once. */
final class Signals implements AutoCloseable {
    private final List<Restore> before = new ArrayList<>();

    private record Restore(Signal signal, SignalHandler handler) {}

    private Signals() {}

    static Signals watch(Interrupt interrupt, Terminal terminal) {
        var signals = new Signals();
        var times = new AtomicInteger();
        for (var name : List.of("INT", "TERM", "HUP")) {
            var signal = new Signal(name);
            signals.before.add(new Restore(signal, Signal.handle(signal, _ -> {
                if (times.incrementAndGet() == 1) {
                    terminal.note("Stopping: what was done is taken back. Once more to stop right now instead.");
                    interrupt.ask(Wish.ROLL_BACK);
                } else {
                    terminal.note("Stopping right now; `runbook rollback` puts everything back later.");
                    interrupt.ask(Wish.STOP_NOW);
                }
            })));
        }
        return signals;
    }

    @Override
    public void close() {
        before.forEach(restore -> Signal.handle(restore.signal(), restore.handler()));
    }
}
