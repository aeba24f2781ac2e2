package dev.runbook.cli;

import dev.runbook.cli.terminal.UsageError;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.fleet.DebianSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records runs of real nodes and replays them at once, so that the ones that are committed stay honest. A sample in CI;
 * {@code -Drecord=external}, {@code stacked} or a name keeps what it records in the place of what is committed.
 */
@Tag("fleet")
@ResourceLock(providers = RecordRealRunsTest.Fleets.class)
class RecordRealRunsTest {
    private static final Path COMMITTED = Program.home().resolve("src/test/resources/recorded");
    private static final List<String> SAMPLE = List.of("external-tool-fails", "external-restore");

    @TempDir
    private Path folder;

    /** Those that are wanted, so that nobody else waits in vain. */
    static final class Fleets implements ResourceLocksProvider {
        @Override
        public Set<Lock> provideForClass(Class<?> testClass) {
            return runs().map(
                            run -> new Lock(run.stacked() ? ControlPlanes.STACKED_FLEET : ControlPlanes.EXTERNAL_FLEET))
                    .collect(Collectors.toSet());
        }
    }

    static Stream<RecordedRun> runs() {
        return RecordedRun.all()
                .filter(run -> asked().map(asked ->
                                asked.equals(run.stacked() ? "stacked" : "external") || asked.equals(run.name()))
                        .orElse(SAMPLE.contains(run.name())));
    }

    private static Optional<String> asked() {
        return Optional.ofNullable(System.getProperty("record"));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void replays(RecordedRun run) throws IOException, UsageError {
        var controlPlane = run.stacked() ? ControlPlanes.stacked() : ControlPlanes.external(DebianSuite.TRIXIE);
        var into = asked().isPresent() ? COMMITTED : folder.resolve("recorded");

        var recording = new Recorder(controlPlane).record(run, into);

        var simulated = NodeJournalComparison.of(Replay.of(run, recording, folder));
        NodeJournalComparison.of(recording.eventsIn(folder))
                .forEach((node, story) -> assertThat(simulated.get(node))
                        .as("%s in %s", node, run)
                        .isEqualTo(story));
    }
}
