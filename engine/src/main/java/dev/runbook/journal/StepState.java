package dev.runbook.journal;

import dev.runbook.journal.RunState.Standing;
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
 * One step on its hosts, as the journal tells of it.
 *
 * @param standings by host, one for each of its actions
 * @param undoing by host, the actions whose undo was begun and not told of again
 */
public record StepState(
        String name,
        String type,
        Map<String, List<Action>> actions,
        Map<String, List<Standing>> standings,
        Map<String, Set<Integer>> undoing) {
    public StepState {
        actions = Map.copyOf(actions);
        standings = Map.copyOf(standings);
        undoing = Map.copyOf(undoing);
    }

    static StepState intended(RunEvent.StepIntended intended) {
        var standings = new TreeMap<String, List<Standing>>();
        intended.actions()
                .forEach(
                        (host, actions) -> standings.put(host, Collections.nCopies(actions.size(), Standing.IN_DOUBT)));
        return new StepState(intended.name(), intended.type(), intended.actions(), standings, Map.of());
    }

    public Standing standing(String host, int index) {
        return Optional.ofNullable(standings.get(host)).orElseThrow().get(index);
    }

    public List<Action> of(String host) {
        return Optional.ofNullable(actions.get(host)).orElse(List.of());
    }

    /** An earlier controller may have taken the action back, and was lost before it knew. */
    public boolean undoInDoubt(String host, int index) {
        return Optional.ofNullable(undoing.get(host)).orElse(Set.of()).contains(index);
    }

    StepState with(String host, int index, Standing standing) {
        var ofHost = new ArrayList<>(Optional.ofNullable(standings.get(host)).orElseThrow());
        ofHost.set(index, standing);
        var next = new TreeMap<>(standings);
        next.put(host, List.copyOf(ofHost));
        return new StepState(name, type, actions, next, undoing);
    }

    StepState resumed(Map<String, List<Integer>> indexes) {
        var next = this;
        for (var entry : indexes.entrySet()) {
            for (int index : entry.getValue()) {
                next = next.with(entry.getKey(), index, Standing.IN_DOUBT);
            }
        }
        return next;
    }

    StepState undoBegan(List<String> hosts) {
        var next = new TreeMap<>(undoing);
        for (var host : hosts) {
            var open = new TreeSet<Integer>();
            for (int index = 0; index < of(host).size(); index++) {
                if (standing(host, index) != Standing.UNDONE) {
                    open.add(index);
                }
            }
            next.put(host, open);
        }
        return new StepState(name, type, actions, standings, next);
    }

    StepState undoEnded(String host, int index, ActionResult result) {
        if (result instanceof ActionResult.InDoubt) {
            return this;
        }
        var open = new TreeSet<>(Optional.ofNullable(undoing.get(host)).orElse(Set.of()));
        open.remove(index);
        var next = new TreeMap<>(undoing);
        next.put(host, open);
        var told = new StepState(name, type, actions, standings, next);
        return result.succeeded() ? told.with(host, index, Standing.UNDONE) : told;
    }
}
