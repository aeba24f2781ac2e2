package dev.runbook.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.plan.SampleFacts;
import dev.runbook.plan.SamplePlans;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores that are broken on purpose: each violates an invariant in a scenario, and its trace says which. */
class BrokenRunbooksTest {
    private static final String PROOF = "  - name: Verify the restored cluster\n";
    private static final String COMMIT = "  - name: Commit\n    commit:\n";

    @TempDir
    private Path folder;

    @Test
    void anIrreversibleProgramBeforeTheProof() throws IOException {
        assertFound(
                PROOF,
                "  - name: Notify the pager\n    command: {argv: [touch, /var/lib/notified], irreversible: true}\n"
                        + PROOF,
                "could not be rolled back");
    }

    @Test
    void anUndoOfAnotherFile() throws IOException {
        assertFound(
                PROOF,
                "  - name: Mark it\n    command: {argv: [touch, /var/lib/mark], undo: [rm, /var/lib/mork]}\n" + PROOF,
                "/var/lib/mark");
    }

    @Test
    void noProofBeforeTheCommit() throws IOException {
        assertFound(PROOF + "    verify:\n      etcd: true\n    timeout: 3m\n", "", "damaged data that was not proven");
    }

    @Test
    void apiServersStartedBeforeTheCommit() throws IOException {
        assertFound(
                COMMIT,
                "  - name: Too early\n    start-apiserver:\n" + COMMIT,
                "starts its API server on restored data before the commit");
    }

    @Test
    void membersStoppedWhileApiServersRun() throws IOException {
        assertFound("""
              - name: Stop every API server, controller-manager and scheduler
                stop-apiserver:
                  grace: 1s
            """, "", "stops its member while API servers run");
    }

    @Test
    void aMemberLeftOutOfTheSwitch() throws IOException {
        assertFound(
                "    switch-data:\n", "    switch-data:\n    hosts: kube_control_plane:!cp3\n", "starts a member of");
    }

    private void assertFound(String text, String replacement, String violation) throws IOException {
        var plans = new SamplePlans(folder, SampleFacts.stacked());
        var plan = SamplePlans.planned(plans.shippedBut("restore.yml", text, replacement));

        var causes = new Prover(2).prove(plan, _ -> {}).causes();

        assertThat(causes.keySet())
                .isNotEmpty()
                .allSatisfy(verdict -> assertThat(verdict.trace()).hasSizeBetween(3, 14));
        assertThat(causes.keySet())
                .anySatisfy(verdict -> assertThat(verdict.trace())
                        .anySatisfy(line ->
                                assertThat(line).startsWith("VIOLATION: ").contains(violation)));
    }
}
