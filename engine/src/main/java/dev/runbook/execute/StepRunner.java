package dev.runbook.execute;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunEvent.Cause;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Failure;
import dev.runbook.node.Batch;
import dev.runbook.node.NodeJournal;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Performs the pending actions of one step on all its hosts at once. */
final class StepRunner {
    /** How often a step is resumed on a host whose connection was lost. */
    private static final int MORE_ATTEMPTS = 2;

    static final String RECONNECTS = "the connection to the host is lost, and is made again";

    private final NodeSet fleet;
    private final RunLog log;
    private final Clock clock;
    private final Interrupt interrupt;
    private final String run;
    private final long epoch;

    StepRunner(NodeSet fleet, RunLog log, Clock clock, Interrupt interrupt, String run, long epoch) {
        this.fleet = fleet;
        this.log = log;
        this.clock = clock;
        this.interrupt = interrupt;
        this.run = run;
        this.epoch = epoch;
    }

    /** Which hosts a failure on one host concerns. */
    enum FailureScope {
        /** They are cancelled, because what they wait for is going to be undone. */
        ALL_HOSTS,
        /** They continue. */
        PER_HOST
    }

    /**
     * Performs the step on all hosts that have pending actions in it.
     *
     * @return by host, why it failed there, what failed first being first; empty when all hosts did it
     */
    SequencedMap<String, Cause> perform(
            int step, String name, Map<String, List<PendingAction>> pending, FailureScope scope) {
        var failures = Collections.synchronizedMap(new LinkedHashMap<String, Cause>());
        var working = ConcurrentHashMap.<String>newKeySet();
        working.addAll(pending.keySet());
        NodeSet.onEach(pending.keySet(), host -> {
            var ofHost = pending.getOrDefault(host, List.of());
            Optional<Cause> cause = Optional.empty();
            if (scope == FailureScope.ALL_HOSTS && !failures.isEmpty()) {
                // Another host failed before this one began.
                notBegun(step, host, ofHost);
            } else {
                cause = onHost(step, name, host, ofHost, left -> back(host, left, scope, failures));
            }
            working.remove(host);
            cause.ifPresent(why -> {
                boolean first = failures.isEmpty();
                failures.put(host, why);
                if (first && scope == FailureScope.ALL_HOSTS) {
                    working.forEach(other -> fleet.node(other).cancel());
                }
            });
            return cause;
        });
        return new LinkedHashMap<>(failures);
    }

    void notBegun(int step, String host, List<PendingAction> pending) {
        pending.forEach(each -> log.write(
                new RunEvent.ActionEnded(clock.instant(), step, host, each.index(), new ActionResult.NotBegun())));
    }

    /**
     * The node journal once the host is back, when the step may continue there. Before the commit a host that rebooted
     * has lost what was in its memory, and the run is rolled back.
     */
    private Optional<NodeJournal> back(String host, Batch left, FailureScope scope, Map<String, Cause> failures) {
        boolean givenUp = scope == FailureScope.ALL_HOSTS && !failures.isEmpty();
        if (givenUp || interrupt.request() != Interrupt.Request.NONE) {
            return Optional.empty();
        }
        log.observer().waits(host, RECONNECTS);
        try {
            var journal = fleet.node(host).settle(left);
            return scope == FailureScope.ALL_HOSTS && journal.rebooted() ? Optional.empty() : Optional.of(journal);
        } catch (NodeUnreachable e) {
            // It did not come back in time: the lost connection is the failure.
            return Optional.empty();
        }
    }

    private Optional<Cause> onHost(
            int step,
            String name,
            String host,
            List<PendingAction> pending,
            Function<Batch, Optional<NodeJournal>> back) {
        int attempts = 0;
        var left = pending;
        while (!left.isEmpty()) {
            var row = PendingAction.inRows(left).getFirst();
            var ended = perform(step, host, row);
            // After a connection lost without an answer the node performs all that it was sent: the rest is in doubt
            // too.
            int begun = isLost(ended) ? row.size() : ended.size();
            var cause = cause(step, name, host, row, ended);
            if (cause.isEmpty()) {
                left = left.subList(ended.size(), left.size());
                continue;
            }
            var doubted = row.subList(Math.max(0, ended.size() - 1), row.size());
            var journal = isLost(ended) && attempts++ < MORE_ATTEMPTS
                    ? back.apply(batch(doubted))
                    : Optional.<NodeJournal>empty();
            if (journal.isEmpty()) {
                // What an earlier attempt has left in doubt stays so.
                notBegun(
                        step,
                        host,
                        left.subList(begun, left.size()).stream()
                                .filter(each -> !each.maybeDone())
                                .toList());
                return cause;
            }
            // Only the connection was lost: continue after what the node has done by itself.
            int passed = passed(step, host, doubted, journal.get());
            left = PendingAction.again(left.subList(ended.size() - 1 + passed, left.size()), doubted.size() - passed);
        }
        return Optional.empty();
    }

    /** How many of the actions in doubt the node did after the connection was lost. */
    private int passed(int step, String host, List<PendingAction> doubted, NodeJournal journal) {
        var afterDisconnect = new ActionsAfterDisconnect(journal, epoch);
        int passed = afterDisconnect.passed(doubted.getFirst().number(), doubted.size());
        for (var each : doubted.subList(0, passed)) {
            log.write(new RunEvent.ActionEnded(
                    clock.instant(), step, host, each.index(), judged(each, afterDisconnect.of(each.number()))));
        }
        return passed;
    }

    private static boolean isLost(List<ActionResult> ended) {
        return !ended.isEmpty() && ended.getLast() instanceof ActionResult.InDoubt;
    }

    private Batch batch(List<PendingAction> row) {
        return new Batch(
                run,
                epoch,
                row.getFirst().number(),
                row.stream().map(PendingAction::action).toList());
    }

    private List<ActionResult> perform(int step, String host, List<PendingAction> row) {
        var ended = new ArrayList<ActionResult>();
        var items = row.stream()
                .map(each -> new HostActivity.Item(each.index(), each.action()))
                .toList();
        var activity = new HostActivity(log.observer(), step, host, items, (index, result) -> {
            log.stopWhenFenced(host, result);
            var judged = judged(row.get(index), result);
            ended.add(judged);
            log.write(new RunEvent.ActionEnded(
                    clock.instant(), step, host, row.get(index).index(), judged));
        });
        fleet.node(host).perform(batch(row), activity.begun());
        return ended;
    }

    /** An action that may have been done before and is found done was done by this run, and has to be undone by it. */
    private static ActionResult judged(PendingAction pending, ActionResult result) {
        return result instanceof ActionResult.AlreadyDone(var took) && pending.maybeDone()
                ? new ActionResult.Done(took)
                : result;
    }

    private static Optional<Cause> cause(
            int step, String name, String host, List<PendingAction> row, List<ActionResult> ended) {
        if (ended.isEmpty()) {
            return Optional.of(
                    new Cause.HostLost(step, name, host, "no action was begun: the connection to it is lost"));
        }
        return failure(ended.getLast())
                .map(failure -> new Cause.ActionFailed(
                        step, name, host, row.get(ended.size() - 1).action().describe(), failure));
    }

    static Optional<Failure> failure(ActionResult result) {
        return switch (result) {
            case ActionResult.Done _, ActionResult.AlreadyDone _ -> Optional.empty();
            case ActionResult.Refused refused -> Optional.of(refused.failure());
            case ActionResult.Barred barred -> Optional.of(barred.failure());
            case ActionResult.Fenced fenced -> Optional.of(fenced.failure());
            case ActionResult.Failed failed -> Optional.of(failed.failure());
            case ActionResult.InDoubt inDoubt -> Optional.of(inDoubt.failure());
            case ActionResult.NotBegun _ -> Optional.of(Failure.of("it was not begun"));
        };
    }
}
