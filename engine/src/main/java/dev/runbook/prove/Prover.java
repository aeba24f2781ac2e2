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

/** Tries a plan in every world in which one thing goes wrong, and in some in which two do. */
public final class Prover {
    private final int threads;

    /**
     * With so many worlds at once.
     *
     * @param threads 1 or more
     */
    public Prover(int threads) {
        this.threads = threads;
    }

    /**
     * Tries all of them.
     *
     * @param tried told how many are done, now and then, from any thread
     */
    public Proof prove(Plan plan, IntConsumer tried) {
        var snapshots = SimSnapshots.unwritten();
        var flawless = new ScenarioRun(plan, Scenario.FLAWLESS, snapshots).run();
        var judge = new Invariants(flawless.view());
        var verdicts = new ArrayList<Verdict>();
        verdicts.add(judge.judge(flawless));
        if (!(flawless.outcomes().getFirst() instanceof RunOutcome.Succeeded)) {
            // What cannot end well when all goes well has nothing to be compared with.
            return Proof.of(List.of(failedAlready(flawless)));
        }
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var running = new ArrayList<Future<Verdict>>();
            for (var world : Scenarios.of(plan, flawless, snapshots)) {
                running.add(pool.submit(() -> judge.judge(new ScenarioRun(plan, world, snapshots).run())));
            }
            for (var future : running) {
                verdicts.add(finished(future));
                tried.accept(verdicts.size());
            }
        }
        return Proof.of(verdicts);
    }

    private static Verdict failedAlready(ScenarioRun flawless) {
        var wrong = new ArrayList<>(flawless.nodes().cluster().violations());
        wrong.add("it does not succeed even when all goes well");
        return new Verdict(Scenario.FLAWLESS, "in between", wrong, Trace.of(flawless, "in between", wrong));
    }

    private static Verdict finished(Future<Verdict> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a world could not be tried", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while worlds were tried", e);
        }
    }
}
