package dev.runbook.model.action;

import java.time.Duration;

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
}
