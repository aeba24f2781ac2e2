package dev.runbook.prove;

import dev.runbook.execute.RunOutcome;
import dev.runbook.node.sim.SimSnapshots;
import dev.runbook.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Runs a plan in every scenario with one fault, and in some scenarios with two. */
public final class Prover {
    private final int threads;

    /**
     * A prover that runs scenarios in parallel.
     *
     * @param threads number of scenarios at once, 1 or more
     */
    public Prover(int threads) {
        this.threads = threads;
    }

    /**
     * Runs the plan in all scenarios.
     *
     * @param progress accepts the number of finished scenarios, from the calling thread
     */
    public Proof prove(Plan plan, IntConsumer progress) {
        var snapshots = SimSnapshots.unwritten();
        var faultFree = new ScenarioRun(plan, Scenario.FAULT_FREE, snapshots).run();
        var invariants = new Invariants(faultFree.view());
        var verdicts = new ArrayList<Verdict>();
        verdicts.add(invariants.check(faultFree));
        if (!(faultFree.outcomes().getFirst() instanceof RunOutcome.Succeeded)) {
            // Without a successful run there is no restored state to compare with.
            return Proof.of(List.of(failedWithoutFault(faultFree)));
        }
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var running = new ArrayList<Future<Verdict>>();
            for (var scenario : Scenarios.of(plan, faultFree, snapshots)) {
                running.add(pool.submit(() -> invariants.check(new ScenarioRun(plan, scenario, snapshots).run())));
            }
            for (var future : running) {
                verdicts.add(finished(future));
                progress.accept(verdicts.size());
            }
        }
        return Proof.of(verdicts);
    }

    private static Verdict failedWithoutFault(ScenarioRun faultFree) {
        var violations = new ArrayList<>(faultFree.nodes().cluster().violations());
        violations.add("the run fails even without a fault");
        return new Verdict(
                Scenario.FAULT_FREE,
                Invariants.PARTLY_RESTORED,
                violations,
                Trace.of(faultFree, Invariants.PARTLY_RESTORED, violations));
    }

    private static Verdict finished(Future<Verdict> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a scenario could not be run", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while scenarios ran", e);
        }
    }
}
