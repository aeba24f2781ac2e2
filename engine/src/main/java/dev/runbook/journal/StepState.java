package dev.runbook.journal;

import dev.runbook.journal.RunState.ActionStatus;
import dev.runbook.model.ActionResult;
import dev.runbook.model.action.Action;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One step on its hosts, according to the journal.
 *
 * @param statuses by host, one for each of its actions
 * @param undoing by host, the actions whose undo was begun and has no result
 */
public record StepState(
        String name,
        String type,
        Map<String, List<Action>> actions,
        Map<String, List<ActionStatus>> statuses,
        Map<String, Set<Integer>> undoing) {
    public StepState {
        actions = Map.copyOf(actions);
        statuses = Map.copyOf(statuses);
        undoing = Map.copyOf(undoing);
    }

    static StepState intended(RunEvent.StepIntended intended) {
        var statuses = new TreeMap<String, List<ActionStatus>>();
        intended.actions()
                .forEach((host, actions) ->
                        statuses.put(host, Collections.nCopies(actions.size(), ActionStatus.IN_DOUBT)));
        return new StepState(intended.name(), intended.type(), intended.actions(), statuses, Map.of());
    }

    public ActionStatus status(String host, int index) {
        return Optional.ofNullable(statuses.get(host)).orElseThrow().get(index);
    }

    public List<Action> of(String host) {
        return Optional.ofNullable(actions.get(host)).orElse(List.of());
    }

    /** An earlier controller may have undone the action, and was lost before it had the result. */
    public boolean undoInDoubt(String host, int index) {
        return Optional.ofNullable(undoing.get(host)).orElse(Set.of()).contains(index);
    }

    StepState with(String host, int index, ActionStatus status) {
        var ofHost = new ArrayList<>(Optional.ofNullable(statuses.get(host)).orElseThrow());
        ofHost.set(index, status);
        var next = new TreeMap<>(statuses);
        next.put(host, List.copyOf(ofHost));
        return new StepState(name, type, actions, next, undoing);
    }

    StepState resumed(Map<String, List<Integer>> indexes) {
        var next = this;
        for (var entry : indexes.entrySet()) {
            for (int index : entry.getValue()) {
                next = next.with(entry.getKey(), index, ActionStatus.IN_DOUBT);
            }
        }
        return next;
    }

    StepState undoBegan(List<String> hosts) {
        var next = new TreeMap<>(undoing);
        for (var host : hosts) {
            var open = new TreeSet<Integer>();
            for (int index = 0; index < of(host).size(); index++) {
                if (status(host, index) != ActionStatus.UNDONE) {
                    open.add(index);
                }
            }
            next.put(host, open);
        }
        return new StepState(name, type, actions, statuses, next);
    }

    StepState undoEnded(String host, int index, ActionResult result) {
        if (result instanceof ActionResult.InDoubt) {
            return this;
        }
        var open = new TreeSet<>(Optional.ofNullable(undoing.get(host)).orElse(Set.of()));
        open.remove(index);
        var next = new TreeMap<>(undoing);
        next.put(host, open);
        var told = new StepState(name, type, actions, statuses, next);
        return result.succeeded() ? told.with(host, index, ActionStatus.UNDONE) : told;
    }
}
