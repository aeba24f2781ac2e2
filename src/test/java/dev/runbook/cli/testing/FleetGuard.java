package dev.runbook.cli.testing;

import dev.runbook.fleet.Fleet;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.opentest4j.TestAbortedException;

/**
 * A test that fails hands its fleet on whole or not at all: after a failure the fleet is examined, and where it is not
 * healthy or still locked, the later tests of the class are aborted with that reason, and the next class gets a new fleet.
 */
public final class FleetGuard implements InvocationInterceptor, BeforeAllCallback, AfterAllCallback {
    /** Two cores serve two control planes: beside a third one, real members miss the program's deadlines. */
    private static final Semaphore BUSY_FLEETS = new Semaphore(2, true);

    /** By the fleet, which test left it so, and how. */
    private static final Map<Fleet, String> BROKEN = new ConcurrentHashMap<>();

    /** No class uses them now, and their members and kubelets would take a third of the processor time all the same. */
    private static final Set<Fleet> PAUSED = ConcurrentHashMap.newKeySet();

    /** Why a fleet must not be used any more. */
    static Optional<String> broken(ControlPlane controlPlane) {
        return Optional.ofNullable(BROKEN.get(controlPlane.fleet()));
    }

    /** The control plane, running. */
    static ControlPlane awake(ControlPlane controlPlane) {
        if (PAUSED.remove(controlPlane.fleet())) {
            controlPlane.fleet().resume();
        }
        return controlPlane;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws InterruptedException {
        BUSY_FLEETS.acquire();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        ownFleets(context).stream()
                .filter(controlPlane -> broken(controlPlane).isEmpty() && PAUSED.add(controlPlane.fleet()))
                .forEach(controlPlane -> controlPlane.fleet().pause());
        BUSY_FLEETS.release();
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        guarded(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        guarded(invocation, context);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation, DynamicTestInvocationContext test, ExtensionContext context)
            throws Throwable {
        guarded(invocation, context);
    }

    private static void guarded(Invocation<@Nullable Void> invocation, ExtensionContext context) throws Throwable {
        for (var controlPlane : ownFleets(context)) {
            var reason = broken(controlPlane);
            if (reason.isPresent()) {
                invocation.skip();
                throw new TestAbortedException("not run: " + reason.get());
            }
        }
        try {
            invocation.proceed();
        } catch (TestAbortedException e) {
            throw e;
        } catch (Throwable e) {
            ownFleets(context).forEach(controlPlane -> examine(controlPlane, context.getDisplayName(), e));
            throw e;
        }
    }

    /** Those that run under the locks of the test class. */
    private static List<ControlPlane> ownFleets(ExtensionContext context) {
        var testClass = context.getTestClass();
        if (testClass.isEmpty()) {
            // A dynamic test has none, but its factory's container.
            return context.getParent().map(FleetGuard::ownFleets).orElse(List.of());
        }
        return Arrays.stream(testClass.get().getAnnotationsByType(ResourceLock.class))
                .flatMap(lock -> ControlPlanes.of(lock.value()).stream())
                .toList();
    }

    private static void examine(ControlPlane controlPlane, String test, Throwable failure) {
        try {
            controlPlane.awaitHealthy();
            var locks = ControlPlaneState.locks(controlPlane);
            if (!locks.equals(controlPlane.all(""))) {
                throw new AssertionError("its nodes are locked: " + locks);
            }
        } catch (RuntimeException | AssertionError e) {
            var reason = "the test " + test + " failed and left the fleet broken: " + e.getMessage();
            BROKEN.put(controlPlane.fleet(), reason);
            failure.addSuppressed(new AssertionError(reason));
        }
    }
}
