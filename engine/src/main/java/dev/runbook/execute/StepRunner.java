package dev.runbook.execute;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunEvent.Cause;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Failure;
import dev.runbook.node.Batch;
import dev.runbook.node.Fleet;
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
import java.util.function.BooleanSupplier;

/** Performs what is pending of one step on its hosts at once. */
final class StepRunner {
    /** How often a host is gone on with whose link was lost meanwhile. */
    private static final int MORE_TRIES = 2;

    private final Fleet fleet;
    private final RunLog log;
    private final Clock clock;
    private final Interrupt interrupt;
    private final String run;
    private final long epoch;

    StepRunner(Fleet fleet, RunLog log, Clock clock, Interrupt interrupt, String run, long epoch) {
        this.fleet = fleet;
        this.log = log;
        this.clock = clock;
        this.interrupt = interrupt;
        this.run = run;
        this.epoch = epoch;
    }

    /** What a failure on one host means for the others. */
    enum Manner {
        /** They give up too: what they wait for is going to be taken back. */
        TOGETHER,
        /** They go on. */
        EACH_FOR_ITSELF
    }

    /**
     * Performs the step on all hosts that have something pending in it.
     *
     * @return by host, why it failed there, what failed first being first; empty when all hosts did it
     */
    SequencedMap<String, Cause> perform(int step, String name, Map<String, List<Pending>> pending, Manner manner) {
        var failures = Collections.synchronizedMap(new LinkedHashMap<String, Cause>());
        var working = ConcurrentHashMap.<String>newKeySet();
        working.addAll(pending.keySet());
        Fleet.onEach(pending.keySet(), host -> {
            var ofHost = pending.getOrDefault(host, List.of());
            Optional<Cause> cause = Optional.empty();
            if (manner == Manner.TOGETHER && !failures.isEmpty()) {
                // Another host failed before this one began.
                notBegun(step, host, ofHost);
            } else {
                cause = onHost(step, name, host, ofHost, () -> mayGoOn(host, manner, failures));
            }
            working.remove(host);
            cause.ifPresent(why -> {
                boolean first = failures.isEmpty();
                failures.put(host, why);
                if (first && manner == Manner.TOGETHER) {
                    working.forEach(other -> fleet.node(other).cancel());
                }
            });
            return cause;
        });
        return new LinkedHashMap<>(failures);
    }

    void notBegun(int step, String host, List<Pending> pending) {
        pending.forEach(each -> log.write(
                new RunEvent.ActionEnded(clock.instant(), step, host, each.index(), new ActionResult.NotBegun())));
    }

    /** Before the commit a host that started anew has lost what lived in its memory, and the others go back with it. */
    private boolean mayGoOn(String host, Manner manner, Map<String, Cause> failures) {
        if (interrupt.wish() != Interrupt.Wish.NONE) {
            return false;
        }
        try {
            return switch (manner) {
                case EACH_FOR_ITSELF -> true;
                case TOGETHER ->
                    failures.isEmpty() && !fleet.node(host).story(run).rebooted();
            };
        } catch (NodeUnreachable e) {
            // It did not come back in time: the lost link stands as what failed.
            return false;
        }
    }

    private Optional<Cause> onHost(int step, String name, String host, List<Pending> pending, BooleanSupplier mayGoOn) {
        int tries = 0;
        var left = pending;
        while (!left.isEmpty()) {
            var row = Pending.inRows(left).getFirst();
            var ended = perform(step, host, row);
            // A link that is lost in silence leaves the node at work on all that it was sent: the rest is in doubt too.
            int begun = isLost(ended) ? row.size() : ended.size();
            var cause = cause(step, name, host, row, ended);
            if (cause.isEmpty()) {
                left = left.subList(ended.size(), left.size());
            } else if (isLost(ended) && tries++ < MORE_TRIES && mayGoOn.getAsBoolean()) {
                // Only the link was lost. What it left in doubt the node finds done, running, or not begun.
                int known = ended.size() - 1;
                left = Pending.again(left.subList(known, left.size()), begun - known);
            } else {
                notBegun(step, host, left.subList(begun, left.size()));
                return cause;
            }
        }
        return Optional.empty();
    }

    private static boolean isLost(List<ActionResult> ended) {
        return !ended.isEmpty() && ended.getLast() instanceof ActionResult.InDoubt;
    }

    private List<ActionResult> perform(int step, String host, List<Pending> row) {
        var actions = row.stream().map(Pending::action).toList();
        var ended = new ArrayList<ActionResult>();
        fleet.node(host).perform(new Batch(run, epoch, row.getFirst().number(), actions), (index, result) -> {
            var judged = judged(row.get(index), result);
            ended.add(judged);
            log.write(new RunEvent.ActionEnded(
                    clock.instant(), step, host, row.get(index).index(), judged));
        });
        return ended;
    }

    /** What may have been done before and is found done was done by us, and is ours to take back. */
    private static ActionResult judged(Pending pending, ActionResult result) {
        return result instanceof ActionResult.AlreadyDone(var took) && pending.maybeDone()
                ? new ActionResult.Done(took)
                : result;
    }

    private static Optional<Cause> cause(
            int step, String name, String host, List<Pending> row, List<ActionResult> ended) {
        if (ended.isEmpty()) {
            return Optional.of(new Cause.HostLost(step, name, host, "no action was begun: the link to it is lost"));
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
            case ActionResult.Failed failed -> Optional.of(failed.failure());
            case ActionResult.InDoubt inDoubt -> Optional.of(inDoubt.failure());
            case ActionResult.NotBegun _ -> Optional.of(Failure.of("it was not begun"));
        };
    }
}
