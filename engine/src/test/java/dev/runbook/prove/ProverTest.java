package dev.runbook.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.plan.SampleFacts;
import dev.runbook.plan.SamplePlans;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped runbooks keep the invariants in every scenario. */
class ProverTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"restore.yml", "restore-external.yml", "backup.yml"})
    void shippedRunbooksHoldInEveryScenario(String runbook) throws IOException {
        var plans =
                new SamplePlans(folder, runbook.contains("external") ? SampleFacts.external() : SampleFacts.stacked());
        var input = runbook.equals("backup.yml") ? "to=" + folder.resolve("backup.db") : plans.snapshotValue();
        var proof = prove(SamplePlans.planned(plans.shipped(runbook, input)));

        assertThat(proof.causes().keySet()).flatMap(Verdict::trace).isEmpty();
        assertThat(proof.scenarios()).isGreaterThanOrEqualTo(1_000);
    }

    /** An operator who declines a question is one more fault, and fetching a file changes no host. */
    @Test
    void stepsThatConfirmAndFetchHold() throws IOException {
        var plan = new SamplePlans(folder, SampleFacts.external()).planned("""
            - copy: {content: x, dest: /etc/kubernetes/mark}
              hosts: etcd1
            - fetch: {src: /etc/default/etcd, dest: /backups}
              hosts: etcd
            - confirm: {question: Continue?}
              hosts: etcd
            """);
        var proof = prove(plan);
        assertThat(proof.kinds()).containsEntry("question declined", 1);
        assertThat(proof.causes().keySet()).flatMap(Verdict::trace).isEmpty();
    }

    private static Proof prove(dev.runbook.plan.Plan plan) {
        return new Prover(2).prove(plan, _ -> {});
    }
}
