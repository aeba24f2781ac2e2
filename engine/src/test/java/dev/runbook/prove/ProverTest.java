package dev.runbook.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.plan.SampleFacts;
import dev.runbook.plan.SamplePlans;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ships holds in every world, and what is broken on purpose is found. */
class ProverTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"restore.yml", "restore-external.yml", "backup.yml"})
    void whatShipsHoldsInEveryWorld(String runbook) throws IOException {
        var plans =
                new SamplePlans(folder, runbook.contains("external") ? SampleFacts.external() : SampleFacts.stacked());
        var input = runbook.equals("backup.yml") ? "to=" + folder.resolve("backup.db") : plans.snapshotValue();
        var proof = prove(SamplePlans.planned(plans.shipped(runbook, input)));

        assertThat(proof.causes().keySet()).flatMap(Verdict::story).isEmpty();
        assertThat(proof.worlds()).isGreaterThanOrEqualTo(1_000);
    }

    private static Proof prove(dev.runbook.plan.Plan plan) {
        return new Prover(2).prove(plan, _ -> {});
    }
}
