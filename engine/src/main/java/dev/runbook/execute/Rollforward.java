package dev.runbook.execute;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunEvent.Cause;
import dev.runbook.journal.RunPlan;
import dev.runbook.journal.RunState;
import dev.runbook.journal.RunState.ActionStatus;
import dev.runbook.journal.StepState;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Failure;
import dev.runbook.model.Question;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.node.Claim;
import dev.runbook.node.LockLost;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Rolls a run forward: the steps of the plan in order, each from its status in the journal. */
final class Rollforward {
    /** How soon an interrupt is noticed while a question waits for its answer. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final NodeSet fleet;
    private final RunLog log;
    private final Clock clock;
    private final Interrupt interrupt;
    private final Claim claim;
    private final NodeJournals known;
    private final StepRunner runner;
    private final Operator operator;

    private final Set<String> dropped = new LinkedHashSet<>();
    private final List<RunOutcome.Leftover> leftovers = new ArrayList<>();
    private Optional<Cause> first = Optional.empty();

    Rollforward(
            NodeSet fleet,
            RunLog log,
            Clock clock,
            Interrupt interrupt,
            Claim claim,
            NodeJournals known,
            Operator operator) {
        this.operator = operator;
        this.fleet = fleet;
        this.log = log;
        this.clock = clock;
        this.interrupt = interrupt;
        this.claim = claim;
        this.known = known;
        this.runner = new StepRunner(fleet, log, clock, interrupt, claim.run(), claim.epoch());
    }

    /** How far the run came. */
    sealed interface ForwardResult {
        record Ended(RunOutcome outcome) implements ForwardResult {}

        /** The run has to be rolled back. */
        record RollBack(Cause cause) implements ForwardResult {}
    }

    ForwardResult run(RunPlan plan) {
        var again = proofsToRepeat(plan);
        for (var step : plan.steps()) {
            if (log.state().finished().contains(step.index()) && !again.contains(step.index())) {
                continue;
            }
            var turned = take(step);
            if (turned.isPresent()) {
                return turned.get();
            }
        }
        return new ForwardResult.Ended(first.<RunOutcome>map(cause -> new RunOutcome.Stuck(cause, true, leftovers))
                .orElse(new RunOutcome.Succeeded()));
    }

    private boolean committed() {
        return log.state().phase() == RunState.Phase.COMMITTED;
    }

    private Optional<ForwardResult> take(RunPlan.Step step) {
        boolean committed = committed();
        var before = "interrupted before step " + (step.index() + 1);
        if (interrupt.request() == Interrupt.Request.STOP_NOW) {
            return Optional.of(new ForwardResult.Ended(new RunOutcome.Interrupted(new Cause.Requested(before))));
        }
        if (interrupt.request() == Interrupt.Request.ROLL_BACK && !committed) {
            return Optional.of(new ForwardResult.RollBack(new Cause.Requested(before)));
        }
        if (step.question().isPresent() && !agreed(step.question().get())) {
            return Optional.of(declined(step, committed));
        }
        var failures = step.commits() ? commit(step) : perform(step);
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        if (!committed) {
            var cause = interrupt.request() == Interrupt.Request.NONE
                    ? failures.values().iterator().next()
                    : new Cause.Requested("interrupted in step " + (step.index() + 1) + ", " + step.name());
            boolean stop = interrupt.request() == Interrupt.Request.STOP_NOW || !step.rollsBack();
            return Optional.of(
                    stop
                            ? new ForwardResult.Ended(new RunOutcome.Interrupted(cause))
                            : new ForwardResult.RollBack(cause));
        }
        // After the commit a run only continues forward, on the hosts that can.
        first = first.or(() -> failures.values().stream().findFirst());
        failures.forEach((host, cause) -> leftovers.add(leftover(host, step, cause)));
        dropped.addAll(failures.keySet());
        return Optional.empty();
    }

    /** Waits for the answer, an interrupt, or the end of the question's time limit. */
    private boolean agreed(Question question) {
        var answer = operator.ask(question);
        var until = System.nanoTime() + question.limit().toNanos();
        var answered = Optional.<Boolean>empty();
        while (answered.isEmpty() && interrupt.request() == Interrupt.Request.NONE && System.nanoTime() < until) {
            answered = answered(answer);
        }
        answer.cancel(true);
        return answered.orElse(false);
    }

    private static Optional<Boolean> answered(Future<Boolean> answer) {
        try {
            return Optional.of(answer.get(POLL_INTERVAL.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question could not be asked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(false);
        }
    }

    private ForwardResult declined(RunPlan.Step step, boolean committed) {
        var cause = new Cause.Requested(
                interrupt.request() == Interrupt.Request.NONE
                        ? "not confirmed in step " + (step.index() + 1) + ", " + step.name()
                        : "interrupted in step " + (step.index() + 1) + ", " + step.name());
        boolean stop = interrupt.request() == Interrupt.Request.STOP_NOW || committed || !step.rollsBack();
        return stop ? new ForwardResult.Ended(new RunOutcome.Interrupted(cause)) : new ForwardResult.RollBack(cause);
    }

    /** A proof is of its moment: the one right before what is still to be done is repeated. */
    private Set<Integer> proofsToRepeat(RunPlan plan) {
        var finished = log.state().finished();
        var again = new LinkedHashSet<Integer>();
        for (var step : plan.steps()) {
            if (!finished.contains(step.index())) {
                return committed() ? Set.of() : again;
            }
            boolean proves = step.actions().values().stream()
                            .flatMap(List::stream)
                            .anyMatch(Rollforward::waits)
                    && step.actions().values().stream().flatMap(List::stream).allMatch(Rollforward::onlyWaits);
            if (proves) {
                again.add(step.index());
            } else if (step.actions().values().stream().anyMatch(actions -> !actions.isEmpty())) {
                again.clear();
            }
        }
        return Set.of();
    }

    private static boolean waits(Action action) {
        return action instanceof Await && action.direction().forward();
    }

    private static boolean onlyWaits(Action action) {
        return action instanceof Await || !action.direction().forward();
    }

    private Map<String, Cause> perform(RunPlan.Step step) {
        var pending = begin(step);
        dropped.forEach(host -> {
            var left = pending.remove(host);
            if (left != null) {
                runner.notBegun(step.index(), host, left);
                leftovers.add(notReached(host, step));
            }
        });
        var scope = committed() ? StepRunner.FailureScope.PER_HOST : StepRunner.FailureScope.ALL_HOSTS;
        var failures = runner.perform(step.index(), step.name(), pending, scope);
        if (failures.isEmpty()
                && dropped.stream().allMatch(host -> step.actionsOn(host).isEmpty())) {
            log.write(new RunEvent.StepEnded(clock.instant(), step.index()));
        }
        return failures;
    }

    /** Journals the intents of a step, and returns the pending actions by host. */
    private Map<String, List<PendingAction>> begin(RunPlan.Step step) {
        var before = Optional.ofNullable(log.state().steps().get(step.index()));
        if (before.isEmpty()) {
            log.write(
                    new RunEvent.StepIntended(clock.instant(), step.index(), step.name(), step.type(), step.actions()));
        }
        var state = before.orElseGet(() -> begun(step.index()));
        boolean repeated = log.state().finished().contains(step.index());
        var pending = new LinkedHashMap<String, List<PendingAction>>();
        var indexes = new TreeMap<String, List<Integer>>();
        for (var host : step.actions().keySet()) {
            passOver(step.index(), state, host);
            var ofHost = repeated
                    ? PendingAction.repeated(step.index(), state, host)
                    : PendingAction.of(step.index(), state, host, before.isEmpty(), claim.epoch(), known);
            if (!ofHost.isEmpty()) {
                pending.put(host, ofHost);
                indexes.put(host, ofHost.stream().map(PendingAction::index).toList());
            }
        }
        if (before.isPresent() && !indexes.isEmpty()) {
            log.write(new RunEvent.StepResumed(clock.instant(), step.index(), indexes));
        }
        return pending;
    }

    private StepState begun(int step) {
        return Optional.ofNullable(log.state().steps().get(step)).orElseThrow();
    }

    /** An action of rollbacks alone counts as done from the beginning, so that a rollback performs it. */
    private void passOver(int number, StepState step, String host) {
        for (int index = 0; index < step.of(host).size(); index++) {
            if (!step.of(host).get(index).direction().forward() && step.status(host, index) == ActionStatus.IN_DOUBT) {
                log.write(new RunEvent.ActionEnded(
                        clock.instant(), number, host, index, new ActionResult.Done(Duration.ZERO)));
            }
        }
    }

    /** The record goes to every host; until all of them have it, a failure rolls the run back. */
    private Map<String, Cause> commit(RunPlan.Step step) {
        log.write(new RunEvent.CommitBegan(clock.instant(), step.index()));
        var results = NodeSet.onEach(fleet.nodes().keySet(), host -> {
            try {
                fleet.node(host).record(claim, ReconstructedJournal.COMMIT_NOTE);
                return Optional.<Cause>empty();
            } catch (LockLost e) {
                throw log.fenced(String.valueOf(e.getMessage()));
            } catch (NodeUnreachable e) {
                return Optional.<Cause>of(
                        new Cause.HostLost(step.index(), step.name(), host, String.valueOf(e.getMessage())));
            }
        });
        var failures = new LinkedHashMap<String, Cause>();
        results.forEach((host, cause) -> cause.ifPresent(why -> failures.put(host, why)));
        if (failures.isEmpty()) {
            log.write(new RunEvent.Committed(clock.instant(), step.index()));
        } else {
            notCommitted(results.keySet().stream()
                    .filter(host -> !failures.containsKey(host))
                    .toList());
        }
        return failures;
    }

    /** Marks a rollback in the node journals, for a takeover: the commit record of these hosts is not on all of them. */
    private void notCommitted(List<String> hosts) {
        NodeSet.onEach(hosts, host -> {
            try {
                fleet.node(host).record(claim, ReconstructedJournal.ROLLBACK_NOTE);
                return true;
            } catch (NodeUnreachable e) {
                // A takeover from this host has to reach the others too, which have no commit record.
                return false;
            }
        });
    }

    private static RunOutcome.Leftover notReached(String host, RunPlan.Step step) {
        return new RunOutcome.Leftover(
                host, step.name(), "do this step", Failure.of("not begun, because an earlier step failed here"));
    }

    private static RunOutcome.Leftover leftover(String host, RunPlan.Step step, Cause cause) {
        return switch (cause) {
            case Cause.ActionFailed failed ->
                new RunOutcome.Leftover(host, step.name(), failed.action(), failed.failure());
            case Cause.HostLost lost ->
                new RunOutcome.Leftover(host, step.name(), "reach the host", Failure.of(lost.why()));
            case Cause.Requested asked ->
                new RunOutcome.Leftover(host, step.name(), "continue", Failure.of(asked.by()));
        };
    }
}
