package dev.runbook.steps.shared;

import dev.runbook.facts.ManifestFolder;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.FileAction;
import dev.runbook.step.StepContext;
import java.time.Duration;

/**
 * Parks static pods' manifests and unparks them. A parked manifest is in a folder on the same file system
 * <em>outside</em> the manifest folder, because the kubelet loads every file there, whatever its extension.
 */
public final class ManifestParking {
    private final StepContext context;
    private final ManifestFolder folder;
    private final Duration deadline;

    public ManifestParking(StepContext context, ManifestFolder folder, Duration deadline) {
        this.context = context;
        this.folder = folder;
        this.deadline = deadline;
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

    /** Waits until the pod's container has ended; stops it through the runtime where no kubelet runs. */
    public void awaitEnd(Actions actions, String pod, boolean kubeletRuns) {
        if (!kubeletRuns && context.facts().runsContainer(pod)) {
            actions.add(new ContainerAction.StopContainer(pod, Duration.ofSeconds(30)));
        }
        actions.add(new Await(new Probe.ContainerGone(pod), deadline, Direction.FORWARD));
    }

    /** Unparks the manifest. A rollback waits until its container has ended before the next undo. */
    public void unpark(Actions actions, String pod) {
        actions.add(new Await(new Probe.ContainerGone(pod), deadline, Direction.BACKWARD));
        actions.add(new FileAction.MovePath(parked(pod), live(pod)));
    }
}
