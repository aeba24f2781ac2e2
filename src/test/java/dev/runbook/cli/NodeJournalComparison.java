package dev.runbook.cli;

import dev.runbook.journal.RunEvent;
import dev.runbook.model.ActionResult;
import dev.runbook.model.action.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A journal as what happened on each node, in order, and what the run as a whole came to: all that two runs of one plan must
 * have in common. Left out are times, what nodes did at the same time as each other, the words of a failure, and, since it
 * is chance, how far other nodes came in the step that failed on one of them.
 */
final class NodeJournalComparison {
    private static final String THE_RUN = "the run";

    private final Map<String, List<String>> stories = new TreeMap<>();
    private final Map<Integer, Map<String, List<Action>>> actions = new TreeMap<>();
    private Optional<RunEvent.Cause.ActionFailed> failed = Optional.empty();

    private NodeJournalComparison() {}

    static Map<String, List<String>> of(List<RunEvent> events) {
        var stories = new NodeJournalComparison();
        events.stream()
                .filter(RunEvent.RollbackBegan.class::isInstance)
                .map(event -> ((RunEvent.RollbackBegan) event).cause())
                .filter(RunEvent.Cause.ActionFailed.class::isInstance)
                .map(RunEvent.Cause.ActionFailed.class::cast)
                .findFirst()
                .ifPresent(cause -> stories.failed = Optional.of(cause));
        events.forEach(stories::see);
        return stories.stories;
    }

    private void see(RunEvent event) {
        switch (event) {
            case RunEvent.RunBegan _, RunEvent.RunPlanned _ -> {}
            case RunEvent.StepIntended step -> {
                actions.put(step.step(), step.actions());
                say(THE_RUN, "begins " + step.step() + ", " + step.name() + " [" + step.type() + "]");
            }
            case RunEvent.ActionEnded ended -> act("", ended.step(), ended.host(), ended.index(), ended.result());
            case RunEvent.StepEnded ended -> say(THE_RUN, "ends " + ended.step());
            case RunEvent.CommitBegan commit -> say(THE_RUN, "commits in " + commit.step());
            case RunEvent.Committed committed -> say(THE_RUN, "is committed in " + committed.step());
            case RunEvent.RollbackBegan back -> say(THE_RUN, "goes back: " + words(back.cause()));
            case RunEvent.StepUndoBegan undo ->
                say(THE_RUN, "takes back " + undo.step() + (isFailing(undo.step()) ? "" : " on " + undo.hosts()));
            case RunEvent.UndoEnded ended -> act("back ", ended.step(), ended.host(), ended.index(), ended.result());
            case RunEvent.RunEnded ended -> say(THE_RUN, "ends " + ended.ending());
            case RunEvent.StepResumed resumed -> say(THE_RUN, "resumes " + resumed.step());
            case RunEvent.InDoubtResolved learned -> say(learned.host(), "is learned to be " + learned.status());
        }
    }

    private boolean isFailing(int step) {
        return failed.filter(cause -> cause.step() == step).isPresent();
    }

    private void act(String way, int step, String host, int index, ActionResult result) {
        var action = actions.getOrDefault(step, Map.of())
                .getOrDefault(host, List.of())
                .get(index);
        boolean isChance = isFailing(step) && !failed.orElseThrow().host().equals(host);
        // What counts on the way back only is written down, and not done, on the way forward.
        boolean isDone = action.direction().forward() || !way.isEmpty();
        if (isDone && !isChance) {
            say(
                    host,
                    way + step + "." + index + " " + action.getClass().getSimpleName() + ", " + action.describe() + ": "
                            + result.getClass().getSimpleName());
        }
    }

    private static String words(RunEvent.Cause cause) {
        return switch (cause) {
            case RunEvent.Cause.ActionFailed action ->
                action.host() + " could not " + action.action() + " in " + action.step();
            case RunEvent.Cause.HostLost lost -> lost.host() + " was lost in " + lost.step();
            case RunEvent.Cause.Requested(var by) -> by;
        };
    }

    private void say(String who, String what) {
        stories.computeIfAbsent(who, _ -> new ArrayList<>()).add(what);
    }
}
