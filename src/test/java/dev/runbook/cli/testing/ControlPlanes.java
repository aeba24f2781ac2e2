package dev.runbook.cli.testing;

import dev.runbook.fleet.DebianSuite;
import dev.runbook.fleet.Fleet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The real control planes, each started by the first test that needs it and shared by all: every test leaves them
 * healthy and checks that. A shutdown hook removes them.
 */
public final class ControlPlanes {
    /** A resource that a test class locks, so that no other one uses the same nodes. */
    public static final String EXTERNAL_FLEET = "external";

    /** A second one, for long tests. */
    public static final String SECOND_EXTERNAL_FLEET = "second-external";

    public static final String STACKED_FLEET = "stacked";

    /** For tests that need the processor only: one class at a time beside the fleets. */
    public static final String NO_FLEET = "none";

    private static final Map<DebianSuite, ControlPlane> EXTERNAL = new EnumMap<>(DebianSuite.class);
    private static final Object SECOND_LOCK = new Object();
    private static Optional<ControlPlane> second = Optional.empty();
    private static final Object STACKED_LOCK = new Object();
    private static Optional<ControlPlane> stacked = Optional.empty();

    private ControlPlanes() {}

    public static ControlPlane external(DebianSuite suite) {
        synchronized (EXTERNAL) {
            var running = whole(Optional.ofNullable(EXTERNAL.get(suite))).orElseGet(() -> startExternal(suite));
            EXTERNAL.put(suite, running);
            return FleetGuard.awake(running);
        }
    }

    public static ControlPlane secondExternal() {
        synchronized (SECOND_LOCK) {
            var running = whole(second).orElseGet(() -> startExternal(DebianSuite.TRIXIE));
            second = Optional.of(running);
            return FleetGuard.awake(running);
        }
    }

    /** A fleet that a failed test left broken is removed: the next class gets a new one. */
    private static Optional<ControlPlane> whole(Optional<ControlPlane> running) {
        if (running.isEmpty() || FleetGuard.broken(running.get()).isEmpty()) {
            return running;
        }
        System.out.println("new fleet: " + FleetGuard.broken(running.get()).get());
        running.get().fleet().close();
        return Optional.empty();
    }

    /** Those that run under the lock of a test class. */
    static List<ControlPlane> of(String lock) {
        return switch (lock) {
            case EXTERNAL_FLEET -> List.copyOf(EXTERNAL.values());
            case SECOND_EXTERNAL_FLEET -> second.stream().toList();
            case STACKED_FLEET -> stacked.stream().toList();
            default -> List.of();
        };
    }

    private static ControlPlane startExternal(DebianSuite suite) {
        return new ControlPlane(Fleet.external(suite, 3), "restore-external.yml");
    }

    public static ControlPlane stacked() {
        synchronized (STACKED_LOCK) {
            var running = whole(stacked).orElseGet(() -> new ControlPlane(Fleet.stacked(3), "restore.yml"));
            stacked = Optional.of(running);
            return FleetGuard.awake(running);
        }
    }
}
