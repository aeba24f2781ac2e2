package dev.runbook.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.plan.SampleFacts;
import dev.runbook.plan.SamplePlans;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProverTest {
    @TempDir
    private Path folder;

    @Test
    void findsNothingBadInTheShippedRestores() throws IOException {
        var plans = new SamplePlans(folder, SampleFacts.stacked());
        long began = System.nanoTime();
        var proof =
                new Prover(2).prove(SamplePlans.planned(plans.shipped("restore.yml", plans.snapshotValue())), _ -> {});
        System.out.println(proof.kinds() + " " + proof.ends() + " " + (System.nanoTime() - began) / 1_000_000 + " ms");
        proof.causes().forEach((verdict, count) -> {
            System.out.println(count + " x:");
            verdict.story().forEach(line -> System.out.println("   " + line));
        });
        assertThat(proof.bad()).isEmpty();
    }
}
