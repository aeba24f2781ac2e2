package dev.runbook.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.Program;
import dev.runbook.journal.RunEvent;
import dev.runbook.load.Loaded;
import dev.runbook.load.Loader;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.plan.Planner;
import dev.runbook.step.RunIdentity;
import dev.runbook.steps.StepTypes;
import dev.runbook.survey.LocalFileReader;
import dev.runbook.survey.SnapshotLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Simulated nodes do the same as real nodes in recorded runs, including failures: the same events on each node, in order. */
@ResourceLock(ControlPlanes.NO_FLEET)
public class ReplayTest {
    @TempDir
    private Path folder;

    public static Stream<RecordedRun> runs() {
        return RecordedRun.all();
    }

    @ParameterizedTest
    @MethodSource("runs")
    public void endsAsTheRealOneOnEveryNode(RecordedRun run) throws IOException {
        var recording = Recording.committed(run.name());
        var real = NodeJournalComparison.of(recording.eventsIn(folder));
        assertThat(real.get("the run")).last().isEqualTo("ends " + run.ending());

        var simulated = NodeJournalComparison.of(Replay.of(run, recording, folder));

        assertThat(simulated.keySet()).isEqualTo(real.keySet());
        real.forEach((node, journal) ->
                assertThat(simulated.get(node)).as("%s in %s", node, run).isEqualTo(journal));
    }

    /** A test of the comparison itself: without its fault, a failed run differs. */
    @Test
    public void differsWithoutTheFault() throws IOException {
        var run = RecordedRun.external().get(1);
        var withoutFault = new RecordedRun(
                run.name(), false, run.runbook(), run.fault(), new RecordedRun.Injection.None(), run.ending());
        var recording = Recording.committed(run.name());
        var simulated = NodeJournalComparison.of(Replay.of(withoutFault, recording, folder));
        NodeJournalComparison.of(recording.eventsIn(folder))
                .forEach((node, journal) ->
                        assertThat(simulated.get(node)).as(node).isNotEqualTo(journal));
    }

    /** The recorded plan equals the plan of today, if the recording has the snapshot. */
    @ParameterizedTest
    @MethodSource("runs")
    public void isPlannedAgainAsItWas(RecordedRun run) throws IOException {
        var recording = Recording.committed(run.name());
        var events = recording.eventsIn(folder);
        var snapshot = recording.snapshot(folder);
        if (snapshot.isEmpty() && recording.store().isPresent()) {
            return;
        }
        var began = Recording.began(events);
        var value = snapshot.map(file -> "snapshot=" + file).orElse("to=" + folder.resolve("backup.db"));
        var request = dev.runbook.cli.options.TargetOptions.request(
                recording.runbook(), List.of(recording.inventory()), List.of(value), Optional.empty(), List.of());
        var loaded = switch (new Loader(StepTypes.ALL).load(request)) {
            case Loaded.Ok ok -> ok;
            case Loaded.Failed(var problems, var _) -> throw new AssertionError(problems.toString());
        };
        var identity = new RunIdentity(
                began.run(),
                token(events),
                began.at(),
                folder.resolve(Recorder.WORK
                        .relativize(Path.of(began.call().artifacts()))
                        .toString()));
        var planned = switch (Planner.plan(
                loaded, recording.facts(), identity, new SnapshotLibrary(), new LocalFileReader())) {
            case Planner.Result.Planned(var plan) -> plan;
            case Planner.Result.Refused(var problems) -> throw new AssertionError(problems.toString());
        };

        for (var step : Recording.plan(events).steps()) {
            step.actions()
                    .forEach((host, actions) -> assertThat(planned.steps().get(step.index()).actionsOn(host).stream()
                                    .map(Action::describe))
                            .as("step %d on %s", step.index(), host)
                            .isEqualTo(actions.stream().map(Action::describe).toList()));
        }
    }

    private static String token(List<RunEvent> events) {
        return Recording.plan(events).steps().stream()
                .flatMap(step -> step.actions().values().stream())
                .flatMap(List::stream)
                .filter(EtcdDataAction.RestoreData.class::isInstance)
                .map(action -> ((EtcdDataAction.RestoreData) action).member().token())
                .findFirst()
                .orElse("none");
    }

    /** Committed recordings are small, and contain no secrets and no paths of the machine that made them. */
    @ParameterizedTest
    @MethodSource("runs")
    public void holdsNoSecretsAndNoPathsOfTheMachine(RecordedRun run) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.list(Recording.committed(run.name()).folder())) {
            for (var file : files.toList()) {
                size += Files.size(file);
                if (!file.toString().endsWith(".gz")) {
                    var text = Files.readString(file);
                    assertThat(text)
                            .doesNotContain(
                                    "PRIVATE KEY", "id_ed25519", Program.home().toString());
                }
            }
        }
        assertThat(size).isBetween(1L, 300_000L);
    }
}
