package dev.runbook.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.plan.SampleFacts;
import dev.runbook.plan.SamplePlans;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores that were broken on purpose: each has a world in which it ends badly, and its story tells why. */
class BrokenRunbooksTest {
    private static final String PROOF = "  - name: Prove the restored cluster\n";
    private static final String COMMIT = "  - name: Commit\n    commit:\n";

    @TempDir
    private Path folder;

    @Test
    void anIrreversibleProgramBeforeTheProof() throws IOException {
        found(
                PROOF,
                "  - name: Tell the pager\n    command: {argv: [touch, /var/lib/told], irreversible: true}\n" + PROOF,
                "cannot go back");
    }

    @Test
    void anUndoThatTakesSomethingElseBack() throws IOException {
        found(
                PROOF,
                "  - name: Mark it\n    command: {argv: [touch, /var/lib/mark], undo: [rm, /var/lib/mork]}\n" + PROOF,
                "/var/lib/mark");
    }

    @Test
    void noProofBeforeTheCommit() throws IOException {
        found(PROOF + "    verify:\n      etcd: true\n    timeout: 3m\n", "", "damaged data that nobody proved");
    }

    @Test
    void apiServersThatStartBeforeTheCommit() throws IOException {
        found(
                COMMIT,
                "  - name: Too early\n    start-apiserver:\n" + COMMIT,
                "starts its API server on restored data before the commit");
    }

    @Test
    void membersThatStopUnderTheirApiServers() throws IOException {
        found(
                "  - name: Stop every API server, controller-manager and scheduler\n    stop-apiserver:\n",
                "",
                "stops its member while API servers run");
    }

    @Test
    void aMemberThatIsLeftOut() throws IOException {
        found("    switch-data:\n", "    switch-data:\n    hosts: kube_control_plane:!cp3\n", "starts a member of");
    }

    private void found(String text, String replacement, String wrong) throws IOException {
        var plans = new SamplePlans(folder, SampleFacts.stacked());
        var plan = SamplePlans.planned(plans.shippedBut("restore.yml", text, replacement));

        var causes = new Prover(2).prove(plan, _ -> {}).causes();

        assertThat(causes.keySet())
                .isNotEmpty()
                .allSatisfy(verdict -> assertThat(verdict.story()).hasSizeBetween(3, 14));
        assertThat(causes.keySet())
                .anySatisfy(verdict -> assertThat(verdict.story())
                        .anySatisfy(
                                line -> assertThat(line).startsWith("WRONG: ").contains(wrong)));
    }
}
