package dev.runbook.execute;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunEvent.Cause;
import dev.runbook.model.Action;
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

/** Performs one step on its hosts at once. */
final class StepRunner {
    /** Journal numbers on a node: room for this many actions a step, and as many undos. */
    private static final long NUMBERS_PER_STEP = 1000;

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

    /** An action with its place in the step, since those for the way back are passed over on the way forward. */
    record Numbered(int index, Action action) {}

    static List<Numbered> forward(List<Action> actions) {
        var forward = new ArrayList<Numbered>();
        for (int index = 0; index < actions.size(); index++) {
            if (actions.get(index).way().forward()) {
                forward.add(new Numbered(index, actions.get(index)));
            }
        }
        return forward;
    }

    /** What a failure on one host means for the others. */
    enum Manner {
        /** They give up too: what they wait for is going to be taken back. */
        TOGETHER,
        /** They go on. */
        EACH_FOR_ITSELF
    }

    /**
     * Performs the step on all hosts that have actions in it.
     *
     * @return by host, why it failed there, what failed first being first; empty when all hosts did it
     */
    SequencedMap<String, Cause> perform(int step, String name, Map<String, List<Action>> actions, Manner manner) {
        var failures = Collections.synchronizedMap(new LinkedHashMap<String, Cause>());
        var working = ConcurrentHashMap.<String>newKeySet();
        working.addAll(actions.keySet());
        Fleet.onEach(actions.keySet(), host -> {
            var cause = manner == Manner.TOGETHER && !failures.isEmpty()
                    ? notBegun(step, host, actions.getOrDefault(host, List.of()))
                    : onHost(step, name, host, actions.getOrDefault(host, List.of()));
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

    /** Another host failed before this one began. */
    private Optional<Cause> notBegun(int step, String host, List<Action> actions) {
        for (int index = 0; index < actions.size(); index++) {
            log.write(new RunEvent.ActionEnded(clock.instant(), step, host, index, new ActionResult.NotBegun()));
        }
        return Optional.empty();
    }

    private Optional<Cause> onHost(int step, String name, String host, List<Action> actions) {
        var numbered = forward(actions);
        var batch = new Batch(
                run,
                epoch,
                step * NUMBERS_PER_STEP,
                numbered.stream().map(Numbered::action).toList());
        markPassedOver(step, host, actions, numbered);
        if (numbered.isEmpty()) {
            return Optional.empty();
        }
        var results = fleet.node(host)
                .perform(
                        batch,
                        (index, result) -> log.write(new RunEvent.ActionEnded(
                                clock.instant(), step, host, numbered.get(index).index(), result)))
                .results();
        for (int index = results.size(); index < numbered.size(); index++) {
            log.write(new RunEvent.ActionEnded(
                    clock.instant(), step, host, numbered.get(index).index(), new ActionResult.NotBegun()));
        }
        if (results.isEmpty()) {
            return Optional.of(new Cause.HostLost(step, name, host, "no action was begun: the link to it is lost"));
        }
        return failure(results.getLast())
                .map(failure -> new Cause.ActionFailed(
                        step,
                        name,
                        host,
                        numbered.get(results.size() - 1).action().describe(),
                        failure));
    }

    /** What counts on the way back only stands as done from the beginning, so that the way back meets it. */
    private void markPassedOver(int step, String host, List<Action> actions, List<Numbered> forward) {
        var met = forward.stream().map(Numbered::index).toList();
        for (int index = 0; index < actions.size(); index++) {
            if (!met.contains(index)) {
                log.write(new RunEvent.ActionEnded(
                        clock.instant(), step, host, index, new ActionResult.Done(java.time.Duration.ZERO)));
            }
        }
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
