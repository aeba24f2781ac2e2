package dev.runbook.model.action;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Containers of the kubelet's runtime, addressed through its CRI. */
public sealed interface ContainerAction extends Action {
    @Override
    default boolean worksOutside() {
        return true;
    }

    @Override
    default boolean needsSpace() {
        return false;
    }

    /**
     * Asks the runtime to stop a container whose manifest is gone already, instead of waiting for the kubelet: SIGTERM,
     * then SIGKILL after the grace period. No such container is success.
     */
    record StopContainer(String name, Duration grace) implements ContainerAction {
        @Override
        public String describe() {
            return "stop container " + name;
        }

        @Override
        public Duration deadline() {
            return grace.plusSeconds(30);
        }

        @Override
        public Compensation compensation() {
            return new Compensation.Nothing("the kubelet starts it again once its manifest is back");
        }
    }

    /**
     * Waits for the kubelet to end the containers of parked manifests, and does it itself where the kubelet does not: one that
     * was started while no API server answered removes no pod, for ever (seen on kubelet 1.36; source: kubelet's deletePod,
     * "skipping delete because sources aren't ready yet"). As soon as one container has outlived its patience, the kubelet
     * is stopped, so that it brings nothing back meanwhile; all that still run are stopped through the runtime, and the
     * kubelet starts again. It finds their manifests parked, so it leaves them alone.
     *
     * <p>Afterwards the containers are gone and the kubelet runs, whatever was before: it can be repeated from any point.
     *
     * @param kubelet its unit, which runs before and after
     * @param containers in the order in which they are stopped; what watches an API server first
     * @param grace from SIGTERM to SIGKILL, where the engine stops them
     */
    record EndContainers(String kubelet, List<Patience> containers, Duration grace, Direction direction)
            implements ContainerAction {
        /** Beside what the containers take: the kubelet's own stop, 90 s at most by systemd's default, and its start. */
        private static final Duration KUBELET = Duration.ofMinutes(2);

        public EndContainers {
            containers = List.copyOf(containers);
        }

        /** How long the kubelet may take to end a container, its pod's grace period included. */
        public record Patience(String container, Duration patience) {}

        @Override
        public String describe() {
            var names = containers.stream().map(Patience::container).sorted().toList();
            return "end " + (names.size() == 1 ? "container " : "containers ") + String.join(", ", names)
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
