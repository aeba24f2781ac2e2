package dev.runbook.execute;

import dev.runbook.journal.Journal;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunEvent.Cause;
import dev.runbook.journal.RunEvent.Ending;
import dev.runbook.journal.RunState;
import dev.runbook.model.Action;
import dev.runbook.model.Failure;
import dev.runbook.node.Claim;
import dev.runbook.node.Fleet;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.plan.Plan;
import dev.runbook.plan.PlannedStep;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Carries out a plan, and takes it back when something fails before the commit. */
public final class Executor {
    private final Fleet fleet;
    private final RunLog log;
    private final Clock clock;
    private final Interrupt interrupt;
    private final Claim claim;
    private final Locks locks;

    /**
     * For one run.
     *
     * @param claim the run, and who carries it out
     * @param state where an earlier controller left the run, or the initial one
     */
    public Executor(
            Fleet fleet,
            Journal journal,
            Consumer<RunEvent> view,
            Clock clock,
            Interrupt interrupt,
            Claim claim,
            RunState state) {
        this.fleet = fleet;
        this.log = new RunLog(journal, view, state);
        this.clock = clock;
        this.interrupt = interrupt;
        this.claim = claim;
        this.locks = new Locks(fleet, claim);
        interrupt.onAsk(this::cancelWhatMayBeCancelled);
    }

    /** A way back, or a way forward behind the commit, is not broken off by a single wish. */
    private void cancelWhatMayBeCancelled() {
        if (interrupt.wish() == Interrupt.Wish.STOP_NOW || log.state().phase() == RunState.Phase.FORWARD) {
            fleet.cancel();
        }
    }

    /** Where the run stands now. */
    public RunState state() {
        return log.state();
    }

    /** Looks once more, with the locks held: whether the hosts are still as the plan takes them to be. */
    @FunctionalInterface
    public interface LastLook {
        /** What is not so any more; empty when the plan holds. */
        List<Outcome.Leftover> stale();
    }

    /** Locks every host, looks once more, then does the steps in order. */
    public Outcome apply(Plan plan, RunEvent.Call call, LastLook lastLook) {
        log.write(new RunEvent.RunBegan(
                clock.instant(), claim.run(), plan.runbook(), List.copyOf(plan.hosts()), claim.epoch(), call));
        var refused = locks.take();
        if (refused.isEmpty()) {
            refused = lastLook.stale();
            if (!refused.isEmpty()) {
                locks.release();
            }
        }
        if (!refused.isEmpty()) {
            log.write(new RunEvent.RunEnded(clock.instant(), Ending.ROLLED_BACK));
            return new Outcome.NotBegun(refused);
        }
        return ended(steps(plan));
    }

    private boolean committed() {
        return log.state().phase() == RunState.Phase.COMMITTED;
    }

    /**
     * Takes back a run that an earlier controller left, from its journal's state.
     *
     * @throws IllegalStateException when it is committed
     */
    public Outcome rollBack(Cause cause) {
        if (committed()) {
            throw new IllegalStateException("run " + claim.run() + " is committed: it only goes forward");
        }
        var refused = locks.take();
        if (!refused.isEmpty()) {
            return new Outcome.NotBegun(refused);
        }
        return ended(back(cause));
    }

    private Outcome steps(Plan plan) {
        var runner = new StepRunner(fleet, log, clock, claim.run(), claim.epoch());
        Set<String> dropped = new LinkedHashSet<>();
        var leftovers = new ArrayList<Outcome.Leftover>();
        Optional<Cause> first = Optional.empty();
        for (var step : plan.steps()) {
            boolean committed = committed();
            if (interrupt.wish() == Interrupt.Wish.STOP_NOW) {
                return new Outcome.Interrupted(new Cause.Asked("interrupted before step " + (step.index() + 1)));
            }
            if (interrupt.wish() == Interrupt.Wish.ROLL_BACK && !committed) {
                return back(new Cause.Asked("interrupted before step " + (step.index() + 1)));
            }
            var failures = step.commits() ? commit(step) : perform(runner, step, dropped);
            dropped.stream()
                    .filter(host -> !step.actionsOn(host).isEmpty())
                    .forEach(host -> leftovers.add(notReached(host, step)));
            if (failures.isEmpty()) {
                continue;
            }
            if (!committed) {
                var cause = interrupt.wish() == Interrupt.Wish.NONE
                        ? failures.values().iterator().next()
                        : new Cause.Asked("interrupted in step " + (step.index() + 1) + ", " + step.name());
                boolean stop = interrupt.wish() == Interrupt.Wish.STOP_NOW || !step.rollsBack();
                return stop ? new Outcome.Interrupted(cause) : back(cause);
            }
            // Behind the commit a run only goes forward: the hosts that can, do.
            first = first.or(() -> failures.values().stream().findFirst());
            failures.forEach((host, cause) -> leftovers.add(leftover(host, step, cause)));
            dropped.addAll(failures.keySet());
        }
        return first.<Outcome>map(cause -> new Outcome.Stuck(cause, true, leftovers))
                .orElse(new Outcome.Succeeded());
    }

    private Map<String, Cause> perform(StepRunner runner, PlannedStep step, Set<String> dropped) {
        var actions = new LinkedHashMap<String, List<Action>>();
        step.hosts().forEach((host, planned) -> {
            if (!dropped.contains(host)) {
                actions.put(host, planned.actions());
            }
        });
        log.write(new RunEvent.StepIntended(clock.instant(), step.index(), step.name(), step.type(), actions));
        var manner = committed() ? StepRunner.Manner.EACH_FOR_ITSELF : StepRunner.Manner.TOGETHER;
        var failures = runner.perform(step.index(), step.name(), actions, manner);
        if (failures.isEmpty()) {
            log.write(new RunEvent.StepEnded(clock.instant(), step.index()));
        }
        return failures;
    }

    /** The record goes to every host; until it is on all of them the run is taken back when it fails. */
    private Map<String, Cause> commit(PlannedStep step) {
        log.write(new RunEvent.CommitBegan(clock.instant(), step.index()));
        var results = Fleet.onEach(fleet.nodes().keySet(), host -> {
            try {
                fleet.node(host).record(claim, "commit");
                return Optional.<Cause>empty();
            } catch (NodeUnreachable e) {
                return Optional.<Cause>of(
                        new Cause.HostLost(step.index(), step.name(), host, String.valueOf(e.getMessage())));
            }
        });
        var failures = new LinkedHashMap<String, Cause>();
        results.forEach((host, cause) -> cause.ifPresent(why -> failures.put(host, why)));
        if (failures.isEmpty()) {
            log.write(new RunEvent.Committed(clock.instant(), step.index()));
        }
        return failures;
    }

    private Outcome back(Cause cause) {
        log.write(new RunEvent.RollbackBegan(clock.instant(), cause));
        var result = new Rollback(fleet, log, clock, interrupt, claim.run(), claim.epoch()).run(log.state());
        if (result.complete()) {
            return new Outcome.RolledBack(cause);
        }
        return interrupt.wish() == Interrupt.Wish.STOP_NOW
                ? new Outcome.Interrupted(cause)
                : new Outcome.Stuck(cause, false, result.leftovers());
    }

    private Outcome ended(Outcome outcome) {
        var ending = switch (outcome) {
            case Outcome.Succeeded _ -> Ending.SUCCEEDED;
            case Outcome.RolledBack _, Outcome.NotBegun _ -> Ending.ROLLED_BACK;
            case Outcome.Stuck _ -> Ending.STUCK;
            case Outcome.Interrupted _ -> Ending.INTERRUPTED;
        };
        log.write(new RunEvent.RunEnded(clock.instant(), ending));
        // A run that is still in between keeps its locks, so that no other one begins on top of it. A committed one is
        // not: what it has left is for a person, or for a new restore, and either would find the hosts locked for good.
        if (ending == Ending.SUCCEEDED || ending == Ending.ROLLED_BACK || committed()) {
            locks.release();
        }
        return outcome;
    }

    private static Outcome.Leftover notReached(String host, PlannedStep step) {
        return new Outcome.Leftover(
                host, step.name(), "do this step", Failure.of("not begun, since a step before it failed here"));
    }

    private static Outcome.Leftover leftover(String host, PlannedStep step, Cause cause) {
        return switch (cause) {
            case Cause.ActionFailed failed ->
                new Outcome.Leftover(host, step.name(), failed.action(), failed.failure());
            case Cause.HostLost lost ->
                new Outcome.Leftover(host, step.name(), "reach the host", Failure.of(lost.why()));
            case Cause.Asked asked -> new Outcome.Leftover(host, step.name(), "go on", Failure.of(asked.by()));
        };
    }
}
