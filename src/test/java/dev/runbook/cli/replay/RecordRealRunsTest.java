package dev.runbook.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.UsageError;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.FleetGuard;
import dev.runbook.cli.testing.Program;
import dev.runbook.fleet.DebianSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records runs of real nodes and replays them at once, so that the committed recordings stay valid. CI runs a sample;
 * {@code -Drecord=external}, {@code stacked} or a name replaces the committed recordings.
 */
@Tag("fleet")
@ExtendWith(FleetGuard.class)
@ResourceLock(providers = RecordRealRunsTest.Fleets.class)
public class RecordRealRunsTest {
    private static final Path COMMITTED = Program.home().resolve("src/test/resources/recorded");
    private static final List<String> SAMPLE = List.of("external-tool-fails", "external-restore");

    @TempDir
    private Path folder;

    /** The fleets of the selected runs, so that other tests do not wait in vain. */
    public static final class Fleets implements ResourceLocksProvider {
        @Override
        public Set<Lock> provideForClass(Class<?> testClass) {
            return runs().map(
                            run -> new Lock(run.stacked() ? ControlPlanes.STACKED_FLEET : ControlPlanes.EXTERNAL_FLEET))
                    .collect(Collectors.toSet());
        }
    }

    public static Stream<RecordedRun> runs() {
        return RecordedRun.all()
                .filter(run -> selected()
                        .map(selected ->
                                selected.equals(run.stacked() ? "stacked" : "external") || selected.equals(run.name()))
                        .orElse(SAMPLE.contains(run.name())));
    }

    private static Optional<String> selected() {
        return Optional.ofNullable(System.getProperty("record"));
    }

    @ParameterizedTest
    @MethodSource("runs")
    public void replays(RecordedRun run) throws IOException, UsageError {
        var controlPlane = run.stacked() ? ControlPlanes.stacked() : ControlPlanes.external(DebianSuite.TRIXIE);
        var into = selected().isPresent() ? COMMITTED : folder.resolve("recorded");

        var recording = new Recorder(controlPlane).record(run, into);

        var simulated = NodeJournalComparison.of(Replay.of(run, recording, folder));
        NodeJournalComparison.of(recording.eventsIn(folder))
                .forEach((node, journal) -> assertThat(simulated.get(node))
                        .as("%s in %s", node, run)
                        .isEqualTo(journal));
    }
}
