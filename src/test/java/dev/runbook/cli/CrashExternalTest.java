package dev.runbook.cli;

import dev.runbook.cli.CrashProof.Second;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The program is killed behind a record of its journal, and another one ends the run: forward at every other point, back
 * at the rest. A sample in CI; {@code -Dcrash.points=all} takes the first and the last record of each kind in each step,
 * {@code every} all there are; {@code -Dcrash.taken} says the same of runs that another controller ends.
 */
@Tag("fleet")
@ResourceLock(ControlPlanes.SECOND_EXTERNAL_FLEET)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before every test
class CrashExternalTest {
    private static final int WITH_THE_JOURNAL = 8;
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
        return walk(CrashPoint.wanted(proof.points(), "crash.points", WITH_THE_JOURNAL), Second.WITH_THE_JOURNAL);
    }

    @TestFactory
    Stream<DynamicTest> endsFromWhatANodeKnows() {
        var kept = proof.points().stream().filter(CrashPoint::isBehindThePlan).toList();
        return walk(CrashPoint.wanted(kept, "crash.taken", FROM_A_NODE), Second.FROM_A_NODE);
    }

    private Stream<DynamicTest> walk(List<CrashPoint> points, Second second) {
        return points.stream().map(point -> {
            boolean back = points.indexOf(point) % 2 == 1 && !point.isBehindTheCommit(proof.points());
            var name = (back ? "back" : "on") + " after " + point;
            return DynamicTest.dynamicTest(name, () -> {
                var place = folder.resolve(second + "-" + point.number());
                if (back) {
                    proof.goesBack(point, second, place);
                } else {
                    proof.goesOn(point, second, place);
                }
            });
        });
    }
}
