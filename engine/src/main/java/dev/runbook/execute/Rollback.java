package dev.runbook.execute;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.journal.RunState.Standing;
import dev.runbook.journal.RunState.StepState;
import dev.runbook.model.Action;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Failure;
import dev.runbook.model.Undo;
import dev.runbook.node.Batch;
import dev.runbook.node.Fleet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes a run back: steps in reverse, each on all its hosts before the one before it. A host whose undo fails is left at
 * that point, since what lies before it may not hold there; the others go on.
 */
final class Rollback {
    /** Undo numbers on a node lie above those of all steps. */
    private static final long FIRST_NUMBER = 1_000_000;

    private final Fleet fleet;
    private final RunLog log;
    private final Clock clock;
    private final String run;
    private final long epoch;

    Rollback(Fleet fleet, RunLog log, Clock clock, String run, long epoch) {
        this.fleet = fleet;
        this.log = log;
        this.clock = clock;
        this.run = run;
        this.epoch = epoch;
    }

    /** One undo action with the action that it takes back. */
    private record Step(int index, Action undo) {}

    /** What could not be taken back; empty when everything was. */
    List<Outcome.Leftover> run(RunState state) {
        var leftovers = new ArrayList<Outcome.Leftover>();
        Set<String> stuck = new LinkedHashSet<>();
        for (var entry : new TreeMap<>(state.steps()).descendingMap().entrySet()) {
            var step = entry.getValue();
            var hosts = step.actions().keySet().stream()
                    .filter(host -> !stuck.contains(host) && fleet.nodes().containsKey(host))
                    .sorted()
                    .toList();
            Map<String, Optional<Outcome.Leftover>> results =
                    Fleet.onEach(hosts, host -> onHost(entry.getKey(), step, host));
            results.forEach((host, leftover) -> leftover.ifPresent(left -> {
                stuck.add(host);
                leftovers.add(left);
            }));
        }
        return leftovers;
    }

    private Optional<Outcome.Leftover> onHost(int number, StepState step, String host) {
        var undos = new ArrayList<Step>();
        var actions = step.of(host);
        for (int index = actions.size() - 1; index >= 0; index--) {
            var action = actions.get(index);
            switch (step.standing(host, index)) {
                case NOT_OURS, UNTOUCHED, UNDONE -> {}
                case DONE, FAILED, IN_DOUBT -> {
                    switch (action.undo()) {
                        case Undo.Nothing _ -> {}
                        case Undo.By(var by) -> {
                            int of = index;
                            by.forEach(undo -> undos.add(new Step(of, undo)));
                        }
                        case Undo.Impossible(var because) -> {
                            var failure = Failure.of("cannot be taken back by a machine: " + because);
                            return Optional.of(new Outcome.Leftover(host, step.name(), action.describe(), failure));
                        }
                    }
                }
            }
        }
        return undos.isEmpty() ? Optional.empty() : perform(number, step, host, undos);
    }

    private Optional<Outcome.Leftover> perform(int number, StepState step, String host, List<Step> undos) {
        var batch = new Batch(
                run,
                epoch,
                FIRST_NUMBER + number * 1000L,
                undos.stream().map(Step::undo).toList());
        var results = fleet.node(host)
                .perform(
                        batch,
                        (index, result) -> log.write(new RunEvent.UndoEnded(
                                clock.instant(),
                                number,
                                host,
                                undos.get(index).index(),
                                tolerated(step, host, undos.get(index), result))))
                .results();
        if (results.isEmpty()) {
            return Optional.of(new Outcome.Leftover(
                    host, step.name(), undos.getFirst().undo().describe(), Failure.of("the link to the host is lost")));
        }
        var last = undos.get(results.size() - 1);
        var result = tolerated(step, host, last, results.getLast());
        var failure = StepRunner.failure(result);
        if (failure.isPresent()) {
            return Optional.of(
                    new Outcome.Leftover(host, step.name(), last.undo().describe(), failure.get()));
        }
        // A refusal that is tolerated ended the batch all the same: go on behind it.
        return results.size() == undos.size()
                ? Optional.empty()
                : perform(number, step, host, undos.subList(results.size(), undos.size()));
    }

    /**
     * An action that failed, or that nobody knows of, may never have happened: when its undo finds neither before nor
     * after and refuses, there was nothing to take back. After an action that was done the same refusal is a failure.
     */
    private static ActionResult tolerated(StepState step, String host, Step undo, ActionResult result) {
        boolean mayNotHaveHappened = step.standing(host, undo.index()) != Standing.DONE;
        return mayNotHaveHappened && result instanceof ActionResult.Refused refused
                ? new ActionResult.AlreadyDone(refused.took())
                : result;
    }
}
