package dev.runbook.cli;

import dev.runbook.cli.CrashProof.Successor;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.CrashPoint;
import dev.runbook.cli.testing.FleetGuard;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The program is killed after a record of its journal, and another process ends the run: forward at every other point,
 * backward at the others. CI runs a sample; {@code -Dcrash.points=all} uses the first and the last record of each kind in
 * each step, {@code every} uses all records; {@code -Dcrash.taken} does the same for runs that another controller takes
 * over.
 */
@Tag("fleet")
@ExtendWith(FleetGuard.class)
@ResourceLock(ControlPlanes.SECOND_EXTERNAL_FLEET)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before every test
class CrashExternalTest {
    private static final int WITH_THE_JOURNAL = 5;
    private static final int FROM_A_NODE = 2;

    private CrashProof proof;

    @TempDir
    private Path folder;

    @BeforeAll
    void start(@TempDir Path before) {
        proof = CrashProof.on(ControlPlanes.secondExternal(), before);
    }

    @TestFactory
    Stream<DynamicTest> endsWithTheJournal() {
        return walk(CrashPoint.wanted(proof.points(), "crash.points", WITH_THE_JOURNAL), Successor.WITH_THE_JOURNAL);
    }

    @TestFactory
    Stream<DynamicTest> endsFromTheJournalOfANode() {
        var stored = proof.points().stream().filter(CrashPoint::isAfterPlan).toList();
        return walk(CrashPoint.wanted(stored, "crash.taken", FROM_A_NODE), Successor.FROM_A_NODE);
    }

    private Stream<DynamicTest> walk(List<CrashPoint> points, Successor successor) {
        return points.stream().map(point -> {
            boolean back = points.indexOf(point) % 2 == 1 && !point.isAfterCommit(proof.points());
            var name = (back ? "rollback" : "resume") + " after " + point;
            return DynamicTest.dynamicTest(name, () -> {
                var run = folder.resolve(successor + "-" + point.number());
                if (back) {
                    proof.rollsBack(point, successor, run);
                } else {
                    proof.resumes(point, successor, run);
                }
            });
        });
    }
}
