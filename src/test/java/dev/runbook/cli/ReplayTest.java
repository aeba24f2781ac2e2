package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What real nodes did, failures among it, nodes in memory do too: the same on each node, in the same order. */
@ResourceLock(ControlPlanes.NO_FLEET)
class ReplayTest {
    @TempDir
    private Path folder;

    static Stream<RecordedRun> runs() {
        return RecordedRun.all();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void endsAsTheRealOneOnEveryNode(RecordedRun run) throws IOException {
        var recording = Recording.committed(run.name());
        var real = NodeJournalComparison.of(recording.eventsIn(folder));
        assertThat(real.get("the run")).last().isEqualTo("ends " + run.ending());

        var simulated = NodeJournalComparison.of(Replay.of(run, recording, folder));

        assertThat(simulated.keySet()).isEqualTo(real.keySet());
        real.forEach((node, story) ->
                assertThat(simulated.get(node)).as("%s in %s", node, run).isEqualTo(story));
    }

    /** So that the comparison means something: without its harm a run that failed is another one. */
    @Test
    void withoutTheHarmItIsAnotherStory() throws IOException {
        var run = RecordedRun.external().get(1);
        var harmless = new RecordedRun(
                run.name(), false, run.runbook(), run.fault(), new RecordedRun.Harm.None(), run.ending());
        var recording = Recording.committed(run.name());
        var simulated = NodeJournalComparison.of(Replay.of(harmless, recording, folder));
        NodeJournalComparison.of(recording.eventsIn(folder))
                .forEach((node, story) ->
                        assertThat(simulated.get(node)).as(node).isNotEqualTo(story));
    }

    /** The plan of then is the plan of now, as far as the snapshot is kept. */
    @ParameterizedTest
    @MethodSource("runs")
    void isPlannedAgainAsItWas(RecordedRun run) throws IOException {
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
            case Loaded.Failed(var problems) -> throw new AssertionError(problems.toString());
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

    /** What is committed is small, and tells nothing of the machine that it was made on. */
    @ParameterizedTest
    @MethodSource("runs")
    void holdsNoSecretsAndNoPathsOfTheMachine(RecordedRun run) throws IOException {
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
