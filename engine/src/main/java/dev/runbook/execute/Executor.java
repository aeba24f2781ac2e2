package dev.runbook.execute;

import dev.runbook.journal.Journal;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunEvent.Cause;
import dev.runbook.journal.RunEvent.Ending;
import dev.runbook.journal.RunPlan;
import dev.runbook.journal.RunState;
import dev.runbook.journal.RunState.ActionStatus;
import dev.runbook.model.action.Action;
import dev.runbook.node.Claim;
import dev.runbook.node.NodeSet;
import dev.runbook.plan.Plan;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Carries out a plan, resumes one that another controller left, and rolls it back when an action fails. */
public final class Executor {
    private final NodeSet fleet;
    private final RunLog log;
    private final Clock clock;
    private final Interrupt interrupt;
    private final Claim claim;
    private final Locks locks;
    private final Operator operator;
    private List<String> stillLocked = List.of();

    /**
     * For one run, all of whose questions were answered with yes before.
     *
     * @param claim the run, and who carries it out
     * @param state where an earlier controller left the run, or the initial one
     */
    public Executor(
            NodeSet fleet,
            Journal journal,
            RunObserver view,
            Clock clock,
            Interrupt interrupt,
            Claim claim,
            RunState state) {
        this(fleet, journal, view, clock, interrupt, claim, state, _ -> false, Operator.AGREED);
    }

    /**
     * The same with an operator who answers questions.
     *
     * @param ended whether a holder's run is known to have ended: a lock that it left behind is released
     * @param operator who answers the plan's questions
     */
    public Executor(
            NodeSet fleet,
            Journal journal,
            RunObserver view,
            Clock clock,
            Interrupt interrupt,
            Claim claim,
            RunState state,
            Predicate<Claim> ended,
            Operator operator) {
        this.operator = operator;
        this.fleet = fleet;
        this.log = new RunLog(journal, view, state, fleet::disconnect);
        this.clock = clock;
        this.interrupt = interrupt;
        this.claim = claim;
        this.locks = new Locks(fleet, claim, ended);
        interrupt.onAsk(this::cancelWhatMayBeCancelled);
    }

    /** A single interrupt cancels neither a rollback nor a step after the commit. */
    private void cancelWhatMayBeCancelled() {
        if (interrupt.request() == Interrupt.Request.STOP_NOW || log.state().phase() == RunState.Phase.FORWARD) {
            fleet.cancel();
        }
    }

    /** Hosts on which the lock could not be released; a new run is refused there until {@code runbook unlock}. */
    public List<String> stillLocked() {
        return stillLocked;
    }

    /** The run's state now. */
    public RunState state() {
        return log.state();
    }

    /** The last check before the first action, with the locks held: whether the hosts are still as planned. */
    @FunctionalInterface
    public interface FinalCheck {
        /** What differs from the plan; empty when the plan holds. */
        List<RunOutcome.Leftover> stale();
    }

    /** Locks every host, checks once more, then performs the steps in order. */
    public RunOutcome apply(Plan plan, RunEvent.Call call, FinalCheck finalCheck) {
        return unlessFenced(() -> begin(plan, call, finalCheck));
    }

    /** A controller that lost a lock stops where it is: what it would do or write now is the other one's to do. */
    private RunOutcome unlessFenced(Supplier<RunOutcome> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return new RunOutcome.TakenOver(log.fencedBy().orElseThrow(() -> e));
        }
    }

    private RunOutcome begin(Plan plan, RunEvent.Call call, FinalCheck finalCheck) {
        var began = new RunEvent.RunBegan(
                clock.instant(), claim.run(), plan.runbook(), List.copyOf(plan.hosts()), claim.epoch(), call);
        log.write(began);
        var refused = locks.take().all();
        if (refused.isEmpty()) {
            refused = finalCheck.stale();
            if (!refused.isEmpty()) {
                locks.release();
            }
        }
        if (!refused.isEmpty()) {
            log.write(new RunEvent.RunEnded(clock.instant(), Ending.ROLLED_BACK));
            return new RunOutcome.NotBegun(refused);
        }
        var planned = new RunEvent.RunPlanned(clock.instant(), planned(plan));
        log.write(planned);
        refused = Takeover.keep(locks, new Takeover.Beginning(began, planned));
        return ended(refused.isEmpty() ? forward(planned.plan(), nothing()) : new RunOutcome.NotBegun(refused));
    }

    private static NodeJournals nothing() {
        return new NodeJournals(Map.of());
    }

    private static RunPlan planned(Plan plan) {
        return new RunPlan(plan.steps().stream()
                .map(step -> {
                    var actions = new TreeMap<String, List<Action>>();
                    step.hosts().forEach((host, planned) -> actions.put(host, planned.actions()));
                    return new RunPlan.Step(
                            step.index(),
                            step.name(),
                            step.type(),
                            actions,
                            step.commits(),
                            step.rollsBack(),
                            step.question());
                })
                .toList());
    }

    /**
     * Resumes a run that an earlier controller left, from its journal's state: forward with what is not done, or
     * further back when its rollback had begun. An action in inDoubt is done only where the node finds it not done; where no
     * node knows, the operator decides.
     *
     * @throws IllegalStateException when nothing is left of it
     */
    public RunOutcome resume(List<InDoubtAction.Decision> decisions) {
        return unlessFenced(() -> again(decisions));
    }

    private RunOutcome again(List<InDoubtAction.Decision> decisions) {
        return switch (log.state().phase()) {
            case ENDED -> throw new IllegalStateException("run " + claim.run() + " has ended");
            case BACKWARD -> backward(log.state().cause().orElseThrow(), decisions);
            case NEW, FORWARD, COMMITTING, COMMITTED -> {
                var plan = log.state().plan();
                yield plan.isEmpty()
                        // It was left before its plan was written, and nothing is done before that.
                        ? backward(new Cause.Requested("its controller ended before the plan was written"), decisions)
                        : taken(
                                log.state().phase() == RunState.Phase.COMMITTED
                                        ? RequiredHosts.ANY_HOST
                                        : RequiredHosts.EVERY_HOST,
                                decisions,
                                known -> InDoubtAction.of(log.state(), known),
                                known -> forward(plan.get(), known));
            }
        };
    }

    /** {@link #rollBack(Cause, List)} without decisions on actions in inDoubt. */
    public RunOutcome rollBack(Cause cause) {
        return rollBack(cause, List.of());
    }

    /**
     * Rolls back a run that an earlier controller left, from its journal's state.
     *
     * @throws IllegalStateException when it is committed
     */
    public RunOutcome rollBack(Cause cause, List<InDoubtAction.Decision> decisions) {
        if (log.state().phase() == RunState.Phase.COMMITTED) {
            throw new IllegalStateException("run " + claim.run() + " is committed: it can only be resumed");
        }
        return unlessFenced(() -> backward(cause, decisions));
    }

    private RunOutcome backward(Cause cause, List<InDoubtAction.Decision> decisions) {
        // An action without a decision is left over at the end; all the rest is rolled back.
        return taken(RequiredHosts.ANY_HOST, decisions, _ -> List.of(), _ -> back(cause));
    }

    /** The hosts that must answer. */
    private enum RequiredHosts {
        EVERY_HOST,
        /** The others are left over, until they answer again. */
        ANY_HOST
    }

    private RunOutcome taken(
            RequiredHosts required,
            List<InDoubtAction.Decision> decisions,
            Function<NodeJournals, List<InDoubtAction>> inDoubtActions,
            Function<NodeJournals, RunOutcome> work) {
        var taken = locks.take();
        boolean enough = taken.away().isEmpty()
                || (required == RequiredHosts.ANY_HOST
                        && taken.away().size() < fleet.nodes().size());
        if (!taken.refused().isEmpty() || !enough) {
            return new RunOutcome.NotBegun(taken.all());
        }
        var journals = locks.journals();
        var newer = locks.newer(journals);
        if (!newer.isEmpty()) {
            locks.release();
            return new RunOutcome.NotBegun(newer);
        }
        var known = new NodeJournals(journals);
        known.resolved(log.state(), clock.instant()).forEach(log::write);
        decide(decisions, known);
        var open = inDoubtActions.apply(known);
        return ended(open.isEmpty() ? work.apply(known) : new RunOutcome.Undecided(open));
    }

    private void decide(List<InDoubtAction.Decision> decisions, NodeJournals known) {
        for (var inDoubt : InDoubtAction.of(log.state(), known)) {
            decisions.stream()
                    .filter(inDoubt::isAnsweredBy)
                    .findFirst()
                    .ifPresent(decision -> log.write(new RunEvent.InDoubtResolved(
                            clock.instant(),
                            inDoubt.step(),
                            inDoubt.host(),
                            inDoubt.index(),
                            decision.done() ? ActionStatus.DONE : ActionStatus.NOT_STARTED,
                            claim.owner())));
        }
    }

    private RunOutcome forward(RunPlan plan, NodeJournals known) {
        return switch (new Rollforward(fleet, log, clock, interrupt, claim, known, operator).run(plan)) {
            case Rollforward.ForwardResult.Ended(var outcome) -> outcome;
            case Rollforward.ForwardResult.RollBack(var cause) -> back(cause);
        };
    }

    private RunOutcome back(Cause cause) {
        log.write(new RunEvent.RollbackBegan(clock.instant(), cause));
        var result = new Rollback(fleet, log, clock, interrupt, claim.run(), claim.epoch()).run(log.state());
        if (result.complete()) {
            return new RunOutcome.RolledBack(cause);
        }
        return interrupt.request() == Interrupt.Request.STOP_NOW
                ? new RunOutcome.Interrupted(cause)
                : new RunOutcome.Stuck(cause, false, result.leftovers());
    }

    private RunOutcome ended(RunOutcome outcome) {
        var ending = switch (outcome) {
            case RunOutcome.Succeeded _ -> Ending.SUCCEEDED;
            case RunOutcome.RolledBack _, RunOutcome.NotBegun _ -> Ending.ROLLED_BACK;
            case RunOutcome.Stuck _, RunOutcome.Undecided _ -> Ending.STUCK;
            case RunOutcome.Interrupted _, RunOutcome.TakenOver _ -> Ending.INTERRUPTED;
        };
        log.write(new RunEvent.RunEnded(clock.instant(), ending));
        // An unfinished run keeps its locks, so that no other one begins on top of it. A committed one is
        // finished: what it leaves is for the operator or for a new restore, and both would find the hosts locked for
        // good.
        if (ending == Ending.SUCCEEDED
                || ending == Ending.ROLLED_BACK
                || log.state().phase() == RunState.Phase.COMMITTED) {
            stillLocked = locks.release();
        }
        return outcome;
    }
}
