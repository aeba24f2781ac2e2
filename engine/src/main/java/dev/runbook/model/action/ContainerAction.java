package dev.runbook.model.action;

import dev.runbook.model.NodeState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Containers of the kubelet's runtime, addressed through its CRI. */
public sealed interface ContainerAction extends Action {
    /** Beside what the containers take: the kubelet's own stop, 90 s at most by systemd's default, and its start. */
    Duration KUBELET = Duration.ofMinutes(2);

    private static String named(List<String> containers) {
        var names = containers.stream().sorted().toList();
        return (names.size() == 1 ? "container " : "containers ") + String.join(", ", names);
    }

    @Override
    default boolean worksOutside() {
        return true;
    }

    @Override
    default boolean needsSpace() {
        return false;
    }

    /**
     * Stops containers of parked manifests through the runtime, all at the same moment: SIGTERM, then SIGKILL after the grace.
     * The kubelet is stopped first where it runs, because one that has not yet seen that a manifest is gone brings its
     * container back, and one that was started while no API server answered removes none.
     *
     * <p>Afterwards the containers are gone and the kubelet is stopped, whatever was before: it can be repeated from any
     * point. A kubelet that was stopped already, and no such container, are success.
     *
     * @param kubelet its unit
     * @param grace from SIGTERM to SIGKILL
     */
    record StopContainers(String kubelet, List<String> containers, Duration grace, Direction direction)
            implements ContainerAction {
        public StopContainers {
            containers = List.copyOf(containers);
        }

        @Override
        public String describe() {
            return "stop " + named(containers) + (containers.size() == 1 ? "" : " at the same moment")
                    + ", and kill what still runs after " + grace.toSeconds() + " s";
        }

        @Override
        public Duration deadline() {
            return KUBELET.plus(grace).plusSeconds(30);
        }

        @Override
        public Compensation compensation() {
            return direction.forward()
                    ? new Compensation.Nothing("the kubelet starts them again once their manifests are back")
                    : Compensation.by(new StopContainers(kubelet, containers, grace, Direction.FORWARD));
        }

        @Override
        public NodeState effectOn(NodeState before) {
            return before.withUnit(kubelet, false);
        }
    }

    /**
     * Waits for the kubelet to end the containers of parked manifests, and does it itself where the kubelet does not: one that
     * was started while no API server answered removes no pod, for ever (seen on kubelet 1.36; source: kubelet's deletePod,
     * "skipping delete because sources aren't ready yet"). As soon as one container has outlived its patience, the kubelet
     * is stopped, so that it brings nothing back meanwhile; all that still run are stopped through the runtime, at the same
     * moment, and the kubelet starts again. It finds their manifests parked, so it leaves them alone.
     *
     * <p>Afterwards the containers are gone and the kubelet runs, whatever was before: it can be repeated from any point.
     *
     * @param kubelet its unit, which runs before and after
     * @param grace from SIGTERM to SIGKILL, where the engine stops them
     */
    record EndContainers(String kubelet, List<Patience> containers, Duration grace, Direction direction)
            implements ContainerAction {
        public EndContainers {
            containers = List.copyOf(containers);
        }

        /** How long the kubelet may take to end a container, its pod's grace period included. */
        public record Patience(String container, Duration patience) {}

        @Override
        public String describe() {
            return "end " + named(containers.stream().map(Patience::container).toList())
                    + ", through the runtime where the kubelet does not";
        }

        @Override
        public Duration deadline() {
            return containers.stream()
                    .map(Patience::patience)
                    .max(Comparator.naturalOrder())
                    .orElse(Duration.ZERO)
                    .plus(grace.multipliedBy(containers.size()))
                    .plus(KUBELET);
        }

        /** One that was cut short may have left the kubelet stopped. */
        @Override
        public Compensation compensation() {
            return Compensation.by(
                    direction.forward()
                            ? new ServiceAction.StartUnit(kubelet)
                            : new EndContainers(kubelet, containers, grace, Direction.FORWARD));
        }
    }
}
