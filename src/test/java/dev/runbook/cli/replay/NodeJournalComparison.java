package dev.runbook.cli.replay;

import dev.runbook.journal.RunEvent;
import dev.runbook.model.ActionResult;
import dev.runbook.model.action.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A journal as a sequence of events for each node, and for the run as a whole: all that two runs of one plan must have in
 * common. The comparison omits times, the order among nodes within a step, the text of a failure, and the progress of other
 * nodes in the step that failed on one of them, because it is chance.
 */
public final class NodeJournalComparison {
    private static final String THE_RUN = "the run";

    private final Map<String, List<String>> journals = new TreeMap<>();
    private final Map<Integer, Map<String, List<Action>>> actions = new TreeMap<>();
    private Optional<RunEvent.Cause.ActionFailed> failed = Optional.empty();

    private NodeJournalComparison() {}

    public static Map<String, List<String>> of(List<RunEvent> events) {
        var comparison = new NodeJournalComparison();
        events.stream()
                .filter(RunEvent.RollbackBegan.class::isInstance)
                .map(event -> ((RunEvent.RollbackBegan) event).cause())
                .filter(RunEvent.Cause.ActionFailed.class::isInstance)
                .map(RunEvent.Cause.ActionFailed.class::cast)
                .findFirst()
                .ifPresent(cause -> comparison.failed = Optional.of(cause));
        events.forEach(comparison::accept);
        return comparison.journals;
    }

    private void accept(RunEvent event) {
        switch (event) {
            case RunEvent.RunBegan _, RunEvent.RunPlanned _ -> {}
            case RunEvent.StepIntended step -> {
                actions.put(step.step(), step.actions());
                record(THE_RUN, "begins " + step.step() + ", " + step.name() + " [" + step.type() + "]");
            }
            case RunEvent.ActionEnded ended ->
                recordAction("", ended.step(), ended.host(), ended.index(), ended.result());
            case RunEvent.StepEnded ended -> record(THE_RUN, "ends " + ended.step());
            case RunEvent.CommitBegan commit -> record(THE_RUN, "commits in " + commit.step());
            case RunEvent.Committed committed -> record(THE_RUN, "is committed in " + committed.step());
            case RunEvent.RollbackBegan back -> record(THE_RUN, "rolls back: " + describe(back.cause()));
            case RunEvent.StepUndoBegan undo ->
                record(THE_RUN, "undoes " + undo.step() + (isFailing(undo.step()) ? "" : " on " + undo.hosts()));
            case RunEvent.UndoEnded ended ->
                recordAction("undo ", ended.step(), ended.host(), ended.index(), ended.result());
            case RunEvent.RunEnded ended -> record(THE_RUN, "ends " + ended.ending());
            case RunEvent.StepResumed resumed -> record(THE_RUN, "resumes " + resumed.step());
            case RunEvent.InDoubtResolved learned -> record(learned.host(), "is learned to be " + learned.status());
        }
    }

    private boolean isFailing(int step) {
        return failed.filter(cause -> cause.step() == step).isPresent();
    }

    private void recordAction(String direction, int step, String host, int index, ActionResult result) {
        var action = actions.getOrDefault(step, Map.of())
                .getOrDefault(host, List.of())
                .get(index);
        boolean isChance = isFailing(step) && !failed.orElseThrow().host().equals(host);
        // An action of the direction BACKWARD is recorded, and not done, in the direction FORWARD.
        boolean isDone = action.direction().forward() || !direction.isEmpty();
        if (isDone && !isChance) {
            record(
                    host,
                    direction + step + "." + index + " " + action.getClass().getSimpleName() + ", " + action.describe()
                            + ": " + result.getClass().getSimpleName());
        }
    }

    private static String describe(RunEvent.Cause cause) {
        return switch (cause) {
            case RunEvent.Cause.ActionFailed action ->
                action.host() + " could not " + action.action() + " in " + action.step();
            case RunEvent.Cause.HostLost lost -> lost.host() + " was lost in " + lost.step();
            case RunEvent.Cause.Requested(var by) -> by;
        };
    }

    private void record(String subject, String event) {
        journals.computeIfAbsent(subject, _ -> new ArrayList<>()).add(event);
    }
}
