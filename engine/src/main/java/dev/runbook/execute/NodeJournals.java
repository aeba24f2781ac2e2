package dev.runbook.execute;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.journal.RunState.ActionStatus;
import dev.runbook.journal.StepState;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.RunProgram;
import dev.runbook.node.NodeJournal;
import dev.runbook.node.NodeRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Resolves actions that a controller left in doubt from the nodes' own journals. */
final class NodeJournals {
    private final Map<String, NodeJournal> journals;

    NodeJournals(Map<String, NodeJournal> journals) {
        this.journals = new TreeMap<>(journals);
    }

    /** The status of each action in doubt, where its node knows it. */
    List<RunEvent> resolved(RunState state, Instant at) {
        var events = new ArrayList<RunEvent>();
        state.steps()
                .forEach((number, step) -> journals.forEach((host, journal) -> {
                    if (journal.records().isEmpty() && hasActed(state, host)) {
                        // Its journal is gone, so a missing record proves nothing.
                        return;
                    }
                    for (int index = 0; index < step.of(host).size(); index++) {
                        var known = known(step, host, index, number, journal);
                        if (known.isPresent()) {
                            events.add(new RunEvent.InDoubtResolved(
                                    at, number, host, index, known.get(), "the journal of " + host));
                        }
                    }
                }));
        return events;
    }

    private static boolean hasActed(RunState state, String host) {
        return state.steps().values().stream().anyMatch(step -> {
            var actions = step.of(host);
            for (int index = 0; index < actions.size(); index++) {
                if (actions.get(index).mutates()
                        && actions.get(index).direction().forward()
                        && step.status(host, index) == ActionStatus.DONE) {
                    return true;
                }
            }
            return false;
        });
    }

    private static Optional<ActionStatus> known(
            StepState step, String host, int index, int number, NodeJournal journal) {
        var actions = step.of(host);
        return switch (step.status(host, index)) {
            case ALREADY_DONE, NOT_STARTED, UNDONE -> Optional.empty();
            case DONE, FAILED -> undone(actions, index, number, journal);
            case IN_DOUBT ->
                undone(actions, index, number, journal)
                        .or(() -> actions.get(index).mutates()
                                        && actions.get(index).direction().forward()
                                ? done(journal, ActionNumbers.forward(number, actions, index))
                                : Optional.empty());
        };
    }

    /** A host undoes one action after the other: all that comes before an undo that it has begun is undone. */
    private static Optional<ActionStatus> undone(List<Action> actions, int index, int step, NodeJournal journal) {
        var last = Compensations.all(actions).stream()
                .filter(item -> item.index() == index)
                .map(item -> ActionNumbers.undo(step, item.number()))
                .reduce((_, next) -> next);
        return last.filter(number -> hasBegunBehind(journal, step, number) || hasEnded(journal, number))
                .map(_ -> ActionStatus.UNDONE);
    }

    private static boolean hasBegunBehind(NodeJournal journal, int step, long number) {
        return journal.records().stream()
                .filter(record -> record.kind() != NodeRecord.Kind.NOTE && ActionNumbers.isUndo(record.number()))
                .map(record -> ActionNumbers.usual(record.number()))
                .anyMatch(begun -> ActionNumbers.stepOfUndo(begun) < step
                        || (ActionNumbers.stepOfUndo(begun) == step && begun > number));
    }

    private static boolean hasEnded(NodeJournal journal, long number) {
        var ofIt = of(journal, number);
        return !ofIt.isEmpty()
                && switch (ofIt.getLast().kind()) {
                    case DONE, ALREADY -> true;
                    case STARTED, REFUSED, FAILED, NOTE -> false;
                };
    }

    private static Optional<ActionStatus> done(NodeJournal journal, long number) {
        var ofIt = of(journal, number);
        if (ofIt.isEmpty()) {
            return Optional.of(ActionStatus.NOT_STARTED);
        }
        return switch (ofIt.getLast().kind()) {
            case DONE -> Optional.of(ActionStatus.DONE);
            case ALREADY -> Optional.of(wasDoneBefore(ofIt) ? ActionStatus.ALREADY_DONE : ActionStatus.DONE);
            case REFUSED -> attempts(ofIt) > 1 ? Optional.empty() : Optional.of(ActionStatus.NOT_STARTED);
            case FAILED -> Optional.of(ActionStatus.FAILED);
            case STARTED -> ended(journal, ofIt.getLast().number());
            case NOTE -> throw new IllegalStateException("a note has no number");
        };
    }

    /** A node's records of an action, from all controllers. */
    static List<NodeRecord> of(NodeJournal journal, long number) {
        return journal.records().stream()
                .filter(record -> record.kind() != NodeRecord.Kind.NOTE)
                .filter(record -> ActionNumbers.usual(record.number()) == number)
                .toList();
    }

    /** Found done at the first attempt; at a later one the effect may be this run's own. */
    static boolean wasDoneBefore(List<NodeRecord> ofIt) {
        return !ofIt.isEmpty() && ofIt.getLast().kind() == NodeRecord.Kind.ALREADY && attempts(ofIt) == 1;
    }

    private static long attempts(List<NodeRecord> ofIt) {
        return ofIt.stream()
                .filter(record -> record.kind() == NodeRecord.Kind.STARTED)
                .count();
    }

    /** A program outlives the shell that began it, and leaves its status. */
    private static Optional<ActionStatus> ended(NodeJournal journal, long number) {
        return Optional.ofNullable(journal.programs().get(number))
                .map(status -> status == 0 ? ActionStatus.DONE : ActionStatus.FAILED);
    }

    /** The number under which a host's program still runs, when it is this action's. */
    Optional<Long> running(String host, long number, Action action) {
        var journal = journals.get(host);
        return journal == null
                        || !(action instanceof RunProgram)
                        || journal.running().isEmpty()
                ? Optional.empty()
                : Optional.of(journal.running().getAsLong()).filter(live -> ActionNumbers.usual(live) == number);
    }
}
