package dev.runbook.journal;

import dev.runbook.model.Question;
import dev.runbook.model.action.Action;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything that a run is going to do: all that another controller needs to resume it. */
public record RunPlan(List<Step> steps) {
    public RunPlan {
        steps = List.copyOf(steps);
    }

    /**
     * One step on its hosts.
     *
     * @param index from 0
     * @param actions by host, in the order in which they are done; sorted, so that one plan has one form
     * @param commits after this step the run only continues forward
     * @param rollsBack whether a failure rolls the run back, or stops it where it is
     * @param question that the operator confirms before it begins
     */
    public record Step(
            int index,
            String name,
            String type,
            Map<String, List<Action>> actions,
            boolean commits,
            boolean rollsBack,
            Optional<Question> question) {
        public Step {
            actions = Collections.unmodifiableSortedMap(new TreeMap<>(actions));
        }

        public List<Action> actionsOn(String host) {
            return actions.getOrDefault(host, List.of());
        }
    }

    /** SHA-256 of its one form, in hex: two controllers that have the same one mean the same. */
    public String fingerprint() {
        return JournalCodec.fingerprint(this);
    }
}
