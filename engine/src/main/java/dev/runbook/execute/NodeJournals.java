package dev.runbook.execute;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.journal.RunState.Standing;
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

/** What the nodes' own journals tell of actions that a controller left in doubt. */
final class NodeJournals {
    private final Map<String, NodeJournal> stories;

    NodeJournals(Map<String, NodeJournal> stories) {
        this.stories = new TreeMap<>(stories);
    }

    /** What became of each action in doubt, where its node knows. */
    List<RunEvent> learned(RunState state, Instant at) {
        var events = new ArrayList<RunEvent>();
        state.steps()
                .forEach((number, step) -> stories.forEach((host, story) -> {
                    if (story.records().isEmpty() && hasActed(state, host)) {
                        // Its journal is gone, and silent about what it did.
                        return;
                    }
                    for (int index = 0; index < step.of(host).size(); index++) {
                        var known = known(step, host, index, number, story);
                        if (known.isPresent()) {
                            events.add(new RunEvent.Learned(
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
                        && step.standing(host, index) == Standing.DONE) {
                    return true;
                }
            }
            return false;
        });
    }

    private static Optional<Standing> known(StepState step, String host, int index, int number, NodeJournal story) {
        var actions = step.of(host);
        return switch (step.standing(host, index)) {
            case NOT_OURS, UNTOUCHED, UNDONE -> Optional.empty();
            case DONE, FAILED -> undone(actions, index, number, story);
            case IN_DOUBT ->
                undone(actions, index, number, story)
                        .or(() -> actions.get(index).mutates()
                                        && actions.get(index).direction().forward()
                                ? done(story, ActionNumbers.forward(number, actions, index))
                                : Optional.empty());
        };
    }

    /** A host goes back one by one: whatever comes before an undo that it has begun is taken back. */
    private static Optional<Standing> undone(List<Action> actions, int index, int step, NodeJournal story) {
        var last = Compensations.every(actions).stream()
                .filter(item -> item.index() == index)
                .map(item -> ActionNumbers.undo(step, item.number()))
                .reduce((_, next) -> next);
        return last.filter(number -> hasBegunBehind(story, step, number) || hasEnded(story, number))
                .map(_ -> Standing.UNDONE);
    }

    private static boolean hasBegunBehind(NodeJournal story, int step, long number) {
        return story.records().stream()
                .filter(record -> record.kind() != NodeRecord.Kind.NOTE && ActionNumbers.isUndo(record.number()))
                .map(record -> ActionNumbers.usual(record.number()))
                .anyMatch(begun -> ActionNumbers.stepOfUndo(begun) < step
                        || (ActionNumbers.stepOfUndo(begun) == step && begun > number));
    }

    private static boolean hasEnded(NodeJournal story, long number) {
        var ofIt = of(story, number);
        return !ofIt.isEmpty()
                && switch (ofIt.getLast().kind()) {
                    case DONE, ALREADY -> true;
                    case STARTED, REFUSED, FAILED, NOTE -> false;
                };
    }

    private static Optional<Standing> done(NodeJournal story, long number) {
        var ofIt = of(story, number);
        if (ofIt.isEmpty()) {
            return Optional.of(Standing.UNTOUCHED);
        }
        return switch (ofIt.getLast().kind()) {
            case DONE -> Optional.of(Standing.DONE);
            case ALREADY -> Optional.of(wasSo(ofIt) ? Standing.NOT_OURS : Standing.DONE);
            case REFUSED -> attempts(ofIt) > 1 ? Optional.empty() : Optional.of(Standing.UNTOUCHED);
            case FAILED -> Optional.of(Standing.FAILED);
            case STARTED -> ended(story, ofIt.getLast().number());
            case NOTE -> throw new IllegalStateException("a note has no number");
        };
    }

    /** What a node wrote of an action, whoever had it done. */
    static List<NodeRecord> of(NodeJournal story, long number) {
        return story.records().stream()
                .filter(record -> record.kind() != NodeRecord.Kind.NOTE)
                .filter(record -> ActionNumbers.usual(record.number()) == number)
                .toList();
    }

    /** Found so at the first attempt; at a later one it would be our own work that was found. */
    static boolean wasSo(List<NodeRecord> ofIt) {
        return !ofIt.isEmpty() && ofIt.getLast().kind() == NodeRecord.Kind.ALREADY && attempts(ofIt) == 1;
    }

    private static long attempts(List<NodeRecord> ofIt) {
        return ofIt.stream()
                .filter(record -> record.kind() == NodeRecord.Kind.STARTED)
                .count();
    }

    /** A program outlives the shell that began it, and leaves its status. */
    private static Optional<Standing> ended(NodeJournal story, long number) {
        return Optional.ofNullable(story.programs().get(number))
                .map(status -> status == 0 ? Standing.DONE : Standing.FAILED);
    }

    /** The number under which a host's program still runs, when it is this action's. */
    Optional<Long> running(String host, long number, Action action) {
        var story = stories.get(host);
        return story == null
                        || !(action instanceof RunProgram)
                        || story.running().isEmpty()
                ? Optional.empty()
                : Optional.of(story.running().getAsLong()).filter(live -> ActionNumbers.usual(live) == number);
    }
}
