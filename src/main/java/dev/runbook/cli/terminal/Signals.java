package dev.runbook.cli.terminal;

import dev.runbook.execute.Interrupt;
import dev.runbook.execute.Interrupt.Request;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Handlers of Ctrl-C, SIGTERM and SIGHUP: the first signal rolls the run back, the second one stops it at once.
 *
 * <p>Java handles signals only by sun.misc.Signal of the module jdk.unsupported. The class calls it by reflection, because
 * javac warns of each direct use and warnings fail the build.
 */
public final class Signals implements AutoCloseable {
    private final List<Replaced> replaced = new ArrayList<>();

    /** A signal with the handler that it had before. */
    private record Replaced(Object signal, Object handler) {}

    private Signals() {}

    public static Signals watch(Interrupt interrupt, Terminal terminal) {
        var signals = new Signals();
        var times = new AtomicInteger();
        for (var name : List.of("INT", "TERM", "HUP")) {
            boolean ignored = signals.handle(name, () -> {
                if (times.incrementAndGet() == 1) {
                    terminal.note("Stopping: the run is rolled back. Send the signal again to stop at once instead.");
                    interrupt.ask(Request.ROLL_BACK);
                } else {
                    terminal.note("Stopping at once; `runbook rollback` rolls the run back later.");
                    interrupt.ask(Request.STOP_NOW);
                }
            });
            if (ignored && !name.equals("HUP")) {
                terminal.note("SIG" + name + " has no effect on this run: it was started with that signal ignored, as"
                        + " shells do for the background jobs of a script. To stop the run, send "
                        + (name.equals("INT") ? "SIGTERM" : "SIGINT") + ": kill -"
                        + (name.equals("INT") ? "TERM" : "INT") + " "
                        + ProcessHandle.current().pid());
            }
        }
        return signals;
    }

    /** Whether the process that started this one had the signal ignored: the JVM keeps to that, as nohup and shells want. */
    private boolean handle(String name, Runnable reaction) {
        try {
            var handlerType = Class.forName("sun.misc.SignalHandler");
            var signal = Class.forName("sun.misc.Signal")
                    .getConstructor(String.class)
                    .newInstance(name);
            var handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (_, method, _) -> {
                        if (method.getName().equals("handle")) {
                            // Cancelling calls nodes, and the JVM's signal thread must not wait for that.
                            Thread.ofPlatform().name("signal-" + name).start(reaction);
                        }
                        return null;
                    });
            var before = set(signal, handler);
            replaced.add(new Replaced(signal, before));
            return before.equals(handlerType.getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java cannot handle SIG" + name, e);
        }
    }

    private static Object set(Object signal, Object handler) throws ReflectiveOperationException {
        return Class.forName("sun.misc.Signal")
                .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
                .invoke(null, signal, handler);
    }

    @Override
    public void close() {
        for (var each : replaced) {
            try {
                set(each.signal(), each.handler());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the previous signal handler cannot be restored", e);
            }
        }
    }
}
