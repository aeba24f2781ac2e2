package dev.runbook.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.execute.Executor;
import dev.runbook.execute.Interrupt;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.facts.MemberFacts;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.node.Claim;
import dev.runbook.node.NodeSet;
import dev.runbook.node.sim.SimFleet;
import dev.runbook.node.sim.SimSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A replay of a recorded run, on simulated nodes from the facts of the real ones, with the same fault. */
public final class Replay {
    private final RecordedRun run;
    private final List<RunEvent> recorded;
    private final List<RunEvent> replayed = new ArrayList<>();
    private final SimFleet fleet;

    private Replay(RecordedRun run, List<RunEvent> recorded, SimFleet fleet) {
        this.run = run;
        this.recorded = recorded;
        this.fleet = fleet;
    }

    /** The journal of the replay; {@code folder} is for what the run writes on this machine. */
    public static List<RunEvent> of(RecordedRun run, Recording recording, Path folder) throws IOException {
        var here = recording.eventsIn(folder);
        recording.snapshot(folder);
        var began = Recording.began(here);
        Files.createDirectories(folder.resolve(
                Recorder.WORK.relativize(Path.of(began.call().artifacts())).toString()));
        var store = recording.store();
        var snapshots = store.isPresent()
                ? SimSnapshots.knowing(Map.of(Recording.sent(here).orElseThrow().sha256(), store.get()))
                : SimSnapshots.written();
        var facts = recording.facts();
        var fleet = SimFleet.of(facts, snapshots);
        var planned = planned(here);
        for (var revision = revision(facts); revision < planned; revision++) {
            assertThat(fleet.cluster().put("/registry/masterleases/any", Long.toString(revision)))
                    .isTrue();
        }
        return new Replay(run, here, fleet).run();
    }

    private static long revision(ClusterFacts facts) {
        return facts.hosts().values().stream()
                .flatMap(host -> host.member().stream())
                .map(MemberFacts::live)
                .filter(LiveMember.Answers.class::isInstance)
                .mapToLong(live -> ((LiveMember.Answers) live).revision())
                .max()
                .orElse(0);
    }

    /** The revision that a rollback awaits: between the facts of a recording and its plan API servers wrote. */
    private static long planned(List<RunEvent> recorded) {
        return Recording.plan(recorded).steps().stream()
                .flatMap(step -> step.actions().values().stream().flatMap(List::stream))
                .filter(action -> !action.direction().forward())
                .filter(Await.class::isInstance)
                .map(action -> ((Await) action).probe())
                .filter(Probe.MemberIs.class::isInstance)
                .mapToLong(probe ->
                        ((Probe.MemberIs) probe).expected().minimumRevision().orElse(0))
                .max()
                .orElse(0);
    }

    private List<RunEvent> run() {
        if (run.injection() instanceof RecordedRun.Injection.InAction(var fault)) {
            var cause = failure();
            fleet.node(cause.host()).faults().failAt(actionsBefore(cause), fault);
        }
        var began = Recording.began(recorded);
        replayed.add(began);
        replayed.add(recorded.get(1));
        var time = fleet.cluster().time();
        new Executor(
                        new NodeSet(fleet.asNodes()),
                        replayed::add,
                        this::accept,
                        time,
                        new Interrupt(),
                        new Claim(began.run(), 1, "the replay", time.instant()),
                        JournalFile.fold(replayed))
                .resume(List.of());
        return replayed;
    }

    private void accept(RunEvent event) {
        if (run.injection() instanceof RecordedRun.Injection.OnNode(var change)
                && event instanceof RunEvent.StepEnded ended
                && isInjection(ended.step())) {
            change.accept(
                    fleet.node(run.fault().orElseThrow().host()),
                    Recording.began(recorded).run());
        }
    }

    /** By its type, because shipped runbooks have no step of type command, and recordings keep the name that they had. */
    private boolean isInjection(int step) {
        return Recording.plan(recorded).steps().get(step).type().equals("command");
    }

    private RunEvent.Cause.ActionFailed failure() {
        return recorded.stream()
                .filter(RunEvent.RollbackBegan.class::isInstance)
                .map(event -> (RunEvent.Cause.ActionFailed) ((RunEvent.RollbackBegan) event).cause())
                .findFirst()
                .orElseThrow();
    }

    /** The number of actions on the host before the one that failed. */
    private int actionsBefore(RunEvent.Cause.ActionFailed cause) {
        var plan = Recording.plan(recorded);
        int before = 0;
        for (var step : plan.steps()) {
            for (var action : step.actionsOn(cause.host())) {
                if (step.index() == cause.step() && action.describe().equals(cause.action())) {
                    return before;
                }
                before += action.direction().forward() ? 1 : 0;
            }
        }
        throw new AssertionError(cause + " is not in the plan");
    }
}
