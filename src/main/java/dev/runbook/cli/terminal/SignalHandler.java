package dev.runbook.cli.terminal;

import java.lang.reflect.Proxy;

/**
 * A handler of one signal, and the one that it replaced.
 *
 * <p>Java handles signals only by sun.misc.Signal of the module jdk.unsupported. The class calls it by reflection, because
 * javac warns of each direct use and warnings fail the build.
 */
record SignalHandler(Object signal, Object before) {
    /** @param name without SIG */
    static SignalHandler install(String name, Runnable reaction) {
        try {
            var signal = Class.forName("sun.misc.Signal")
                    .getConstructor(String.class)
                    .newInstance(name);
            var handler = Proxy.newProxyInstance(
                    SignalHandler.class.getClassLoader(), new Class<?>[] {type()}, (_, method, _) -> {
                        if (method.getName().equals("handle")) {
                            // The JVM's signal thread must not wait for what the reaction calls.
                            Thread.ofPlatform().name("signal-" + name).start(reaction);
                        }
                        return null;
                    });
            return new SignalHandler(signal, set(signal, handler));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java cannot handle SIG" + name, e);
        }
    }

    /** Whether the process that started this one had the signal ignored: the JVM keeps to that, as nohup and shells want. */
    boolean ignored() {
        try {
            return before.equals(type().getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java does not say which signals are ignored", e);
        }
    }

    void restore() {
        try {
            set(signal, before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the previous signal handler cannot be restored", e);
        }
    }

    private static Class<?> type() throws ClassNotFoundException {
        return Class.forName("sun.misc.SignalHandler");
    }

    private static Object set(Object signal, Object handler) throws ReflectiveOperationException {
        return Class.forName("sun.misc.Signal")
                .getMethod("handle", signal.getClass(), type())
                .invoke(null, signal, handler);
    }
}
