package dev.runbook.steps.shared;

import dev.runbook.facts.ManifestFolder;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.FileAction;
import dev.runbook.step.StepContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parks static pods' manifests and unparks them. A parked manifest is in a folder on the same file system
 * <em>outside</em> the manifest folder, because the kubelet loads every file there, whatever its extension.
 */
public final class ManifestParking {
    /** What kubeadm's manifests leave to Kubernetes' default: terminationGracePeriodSeconds. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /**
     * How long the kubelet may take to end a container that ends when it is told to: etcd took 7.3 s at most, since a leader
     * tries to hand over to members that stop too; controller-manager and scheduler under 1 s. An API server closes its
     * port at once and lives on until its watches end, in practice until the kubelet kills it after its grace.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Pattern OWN_GRACE =
            Pattern.compile("(?m)^ *\"?terminationGracePeriodSeconds\"? *: *\"?(\\d{1,6})\\b");

    private final StepContext context;
    private final ManifestFolder folder;
    private final Duration deadline;
    private final Optional<Duration> grace;

    /** For pods that are given their own grace before they are killed. */
    public ManifestParking(StepContext context, ManifestFolder folder, Duration deadline) {
        this(context, folder, deadline, Optional.empty());
    }

    private ManifestParking(StepContext context, ManifestFolder folder, Duration deadline, Optional<Duration> grace) {
        this.context = context;
        this.folder = folder;
        this.deadline = deadline;
        this.grace = grace;
    }

    /** The same for pods that hold no state, and so may be killed after another grace than their own. */
    public ManifestParking withGrace(Duration other) {
        return new ManifestParking(context, folder, deadline, Optional.of(other));
    }

    public String live(String pod) {
        return folder.path() + "/" + pod + ".yaml";
    }

    public String parked(String pod) {
        return parkingFolder() + "/" + pod + ".yaml";
    }

    private String runFolder() {
        return context.run().folderIn(RunFolder.parent(folder.path()));
    }

    private String parkingFolder() {
        return runFolder() + "/manifests";
    }

    /**
     * Parks the manifest. A rollback waits until the container runs again where it ran before. Where the kubelet is stopped,
     * the container starts with the kubelet, and the step that stops the kubelet must call {@link #awaitRestart}.
     */
    public void park(Actions actions, String pod) {
        RunFolder.ensure(actions, runFolder());
        RunFolder.ensure(actions, parkingFolder());
        if (actions.state().unitRuns(ControlPlaneComponent.KUBELET_UNIT)) {
            awaitRestart(actions, pod);
        }
        actions.add(new FileAction.MovePath(live(pod), parked(pod)));
    }

    /** Makes a rollback wait here until the container runs, if it ran before. */
    public void awaitRestart(Actions actions, String pod) {
        if (context.facts().runsContainer(pod)) {
            actions.add(new Await(new Probe.ContainerRunning(pod), deadline, Direction.BACKWARD));
        }
    }

    /**
     * Waits until the containers of parked pods have ended. Where no kubelet runs the runtime stops them, whether or not they
     * ran when the host was surveyed: one that crashes again and again may be between two starts.
     */
    public void awaitEnd(Actions actions, List<String> pods) {
        if (pods.isEmpty()) {
            return;
        }
        if (actions.state().unitRuns(ControlPlaneComponent.KUBELET_UNIT)) {
            actions.add(end(pods, Direction.FORWARD));
            return;
        }
        actions.add(stop(pods, Direction.FORWARD));
        pods.forEach(pod -> actions.add(new Await(new Probe.ContainerGone(pod), deadline, Direction.FORWARD)));
    }

    /**
     * Unparks the manifests. A rollback parks all of them, and ends their containers: with the kubelet where it runs here, and
     * without it where it is stopped.
     */
    public void unpark(Actions actions, List<String> pods) {
        if (actions.state().unitRuns(ControlPlaneComponent.KUBELET_UNIT)) {
            actions.add(end(pods, Direction.BACKWARD));
        } else {
            pods.forEach(pod -> actions.add(new Await(new Probe.ContainerGone(pod), deadline, Direction.BACKWARD)));
            actions.add(stop(pods, Direction.BACKWARD));
        }
        pods.forEach(pod -> actions.add(new FileAction.MovePath(parked(pod), live(pod))));
    }

    private ContainerAction.StopContainers stop(List<String> pods, Direction direction) {
        return new ContainerAction.StopContainers(ControlPlaneComponent.KUBELET_UNIT, pods, grace(pods), direction);
    }

    private ContainerAction.EndContainers end(List<String> pods, Direction direction) {
        var containers = pods.reversed().stream()
                .map(pod -> new ContainerAction.EndContainers.Patience(pod, patience(pod)))
                .toList();
        return new ContainerAction.EndContainers(
                ControlPlaneComponent.KUBELET_UNIT, containers, grace(pods), direction);
    }

    /** What holds state is never killed before its own grace is over. */
    private Duration grace(List<String> pods) {
        return grace.orElseGet(() -> pods.stream()
                .flatMap(pod -> context.facts().manifest(pod).stream())
                .flatMap(file -> OWN_GRACE.matcher(file.text()).results())
                .map(found -> Duration.ofSeconds(Long.parseLong(found.group(1))))
                .filter(own -> own.compareTo(GRACE) > 0)
                .max(Duration::compareTo)
                .orElse(GRACE));
    }

    /** A step's own timeout may be shorter: it says how long the kubelet is waited for. */
    private Duration patience(String pod) {
        var usual = pod.equals(ControlPlaneComponent.API_SERVER) ? GRACE.plus(PATIENCE) : PATIENCE;
        return usual.compareTo(deadline) < 0 ? usual : deadline;
    }
}
