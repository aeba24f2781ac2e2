package dev.runbook.execute;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunEvent.Cause;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Failure;
import dev.runbook.node.Batch;
import dev.runbook.node.Fleet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;

/** Performs what is pending of one step on its hosts at once. */
final class StepRunner {
    private final Fleet fleet;
    private final RunLog log;
    private final Clock clock;
    private final String run;
    private final long epoch;

    StepRunner(Fleet fleet, RunLog log, Clock clock, String run, long epoch) {
        this.fleet = fleet;
        this.log = log;
        this.clock = clock;
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
                cause = onHost(step, name, host, ofHost);
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

    private Optional<Cause> onHost(int step, String name, String host, List<Pending> pending) {
        int begun = 0;
        for (var row : Pending.inRows(pending)) {
            var ended = perform(step, host, row);
            // A link that is lost in silence leaves the node at work on all that it was sent: the rest is in doubt too.
            boolean lost = !ended.isEmpty() && ended.getLast() instanceof ActionResult.InDoubt;
            begun += lost ? row.size() : ended.size();
            var cause = cause(step, name, host, row, ended);
            if (cause.isPresent()) {
                notBegun(step, host, pending.subList(begun, pending.size()));
                return cause;
            }
        }
        return Optional.empty();
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
