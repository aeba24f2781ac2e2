package dev.runbook.steps.startapiserver;

import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.step.StepContext;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.ApiServerAddress;
import dev.runbook.steps.shared.ControlPlaneComponent;
import dev.runbook.steps.shared.ManifestParking;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The start of the API side's static pods: the API server first and alone, because the outage lasts until it is ready. Controller-manager
 * and scheduler would take processor time from it, and end again where it does not answer within 10 s (Kubernetes:
 * k8s.io/controller-manager/app, {@code WaitForAPIServer}).
 *
 * <p>The kubelet starts what it finds when it starts, and what appears later at its next scan, up to 20 s later, or at once where
 * inotify tells it. It is stopped before the first manifest appears, so that it is never stopped in the middle of starting a container:
 * that cost 5 to 8 s, as the runtime cancels the start and the next kubelet looks again only after a pause that doubles. With the stop
 * it drops its state from before the restore, too.
 */
final class PodsStart {
    /** An API server with a large cache is not ready for long. */
    private static final Duration READY = Duration.ofMinutes(5);

    private final StepContext context;
    private final ManifestParking parking;
    private final Duration deadline;

    PodsStart(StepContext context, ManifestParking parking, Duration deadline) {
        this.context = context;
        this.parking = parking;
        this.deadline = deadline;
    }

    void add(Actions actions) {
        var pods = ControlPlaneComponent.podsOf(context.facts()).stream()
                .filter(pod -> actions.state().present(parking.parked(pod)))
                .toList();
        if (pods.isEmpty()) {
            return;
        }
        boolean kubeletStarts = context.facts().unitActive(ControlPlaneComponent.KUBELET_UNIT);
        if (kubeletStarts && actions.state().unitRuns(ControlPlaneComponent.KUBELET_UNIT)) {
            actions.add(new ServiceAction.StopUnit(ControlPlaneComponent.KUBELET_UNIT));
        }
        var ready = pods.contains(ControlPlaneComponent.API_SERVER) ? ready() : Optional.<Action>empty();
        var first = kubeletStarts && ready.isPresent() ? List.of(ControlPlaneComponent.API_SERVER) : pods;
        var rest = pods.stream().filter(pod -> !first.contains(pod)).toList();
        parking.unpark(actions, first);
        if (kubeletStarts) {
            actions.add(new ServiceAction.StartUnit(ControlPlaneComponent.KUBELET_UNIT));
        }
        awaitRunning(actions, first);
        if (!rest.isEmpty()) {
            ready.ifPresent(actions::add);
            parking.unpark(actions, rest);
            awaitRunning(actions, rest);
        }
    }

    private void awaitRunning(Actions actions, List<String> pods) {
        pods.forEach(pod -> actions.add(new Await(new Probe.ContainerRunning(pod), deadline, Direction.FORWARD)));
    }

    private Optional<Action> ready() {
        return ApiServerAddress.of(context.facts())
                .map(api -> new Await(
                        new Probe.HttpsOk(api.host(), api.port(), "/readyz", Optional.of(api.authorityFile())),
                        context.timeoutOr(READY),
                        Direction.FORWARD));
    }
}
