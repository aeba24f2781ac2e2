package dev.runbook.cli.terminal;

import dev.runbook.execute.Interrupt;
import dev.runbook.execute.Interrupt.Wish;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns Ctrl-C, SIGTERM and SIGHUP into wishes: the first rolls back, the second stops at once.
 *
 * <p>Java has no other way to hear signals than sun.misc.Signal of the module jdk.unsupported; it is reached by
 * reflection, since javac warns of each direct use and warnings fail the build.
 */
public final class Signals implements AutoCloseable {
    private final List<Before> before = new ArrayList<>();

    /** A signal and the handler that it had. */
    private record Before(Object signal, Object handler) {}

    private Signals() {}

    public static Signals watch(Interrupt interrupt, Terminal terminal) {
        var signals = new Signals();
        var times = new AtomicInteger();
        for (var name : List.of("INT", "TERM", "HUP")) {
            signals.handle(name, () -> {
                if (times.incrementAndGet() == 1) {
                    terminal.note("Stopping: what was done is taken back. Once more to stop right now instead.");
                    interrupt.ask(Wish.ROLL_BACK);
                } else {
                    terminal.note("Stopping right now; `runbook rollback` puts everything back later.");
                    interrupt.ask(Wish.STOP_NOW);
                }
            });
        }
        return signals;
    }

    private void handle(String name, Runnable reaction) {
        try {
            var handlerType = Class.forName("sun.misc.SignalHandler");
            var signal = Class.forName("sun.misc.Signal")
                    .getConstructor(String.class)
                    .newInstance(name);
            var handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (_, method, _) -> {
                        if (method.getName().equals("handle")) {
                            // Cancelling speaks to nodes; the JVM's signal thread must not wait for that.
                            Thread.ofPlatform().name("signal-" + name).start(reaction);
                        }
                        return null;
                    });
            before.add(new Before(signal, set(signal, handler)));
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
        for (var each : before) {
            try {
                set(each.signal(), each.handler());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the signal handler of before cannot be put back", e);
            }
        }
    }
}
