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
 * Moves static pods' manifests out of the kubelet's sight and back. They go to a folder on the same file system
 * <em>outside</em> the manifest folder, since the kubelet loads every file in there whatever its ending.
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
     * Takes the manifest away. On the way back the container runs again where it ran before, at once where a kubelet runs;
     * where one does not, it comes with the kubelet, and {@link #awaitBack} is for whoever stops that one.
     */
    public void park(Actions actions, String pod) {
        RunFolder.ensure(actions, runFolder());
        RunFolder.ensure(actions, parkingFolder());
        if (actions.state().unitRuns(ControlPlaneComponent.KUBELET_UNIT)) {
            awaitBack(actions, pod);
        }
        actions.add(new FileAction.MovePath(live(pod), parked(pod)));
    }

    /** On the way back, waits here until the container runs, if it ran before. */
    public void awaitBack(Actions actions, String pod) {
        if (context.facts().runsContainer(pod)) {
            actions.add(new Await(new Probe.ContainerRunning(pod), deadline, Direction.BACKWARD));
        }
    }

    /** Waits until the pod's container has ended; asks the runtime to end it where no kubelet would. */
    public void awaitGone(Actions actions, String pod, boolean kubeletRuns) {
        if (!kubeletRuns && context.facts().runsContainer(pod)) {
            actions.add(new ContainerAction.StopContainer(pod, Duration.ofSeconds(30)));
        }
        actions.add(new Await(new Probe.ContainerGone(pod), deadline, Direction.FORWARD));
    }

    /** Gives the manifest back. On the way back its container is gone before the next undo. */
    public void unpark(Actions actions, String pod) {
        actions.add(new Await(new Probe.ContainerGone(pod), deadline, Direction.BACKWARD));
        actions.add(new FileAction.MovePath(parked(pod), live(pod)));
    }
}
