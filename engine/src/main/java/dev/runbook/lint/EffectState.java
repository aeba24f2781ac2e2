package dev.runbook.lint;

import dev.runbook.step.Effect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which marks are set on which hosts at one point of a runbook, and by which steps. */
final class EffectState {
    private final Map<Effect, Map<String, StepEffect>> set = new EnumMap<>(Effect.class);
    private final Map<Effect, Map<String, StepEffect>> cleared = new EnumMap<>(Effect.class);
    /** What was missing, and was told of. */
    private final Map<Effect, Set<String>> assumed = new EnumMap<>(Effect.class);

    boolean isSetAnywhere(Effect mark) {
        return !hosts(set, mark).isEmpty() || !assumed(mark).isEmpty();
    }

    /** Those of some hosts that do not have the mark. */
    Set<String> without(Effect mark, Collection<String> hosts) {
        Set<String> without = new LinkedHashSet<>(hosts);
        without.removeAll(hosts(set, mark).keySet());
        without.removeAll(assumed(mark));
        return without;
    }

    /** Those of some hosts that a step gave it. */
    Set<String> with(Effect mark, Collection<String> hosts) {
        Set<String> with = new LinkedHashSet<>(hosts);
        with.retainAll(hosts(set, mark).keySet());
        return with;
    }

    /** The last step that gave the mark to any of these hosts. */
    Optional<StepEffect> setter(Effect mark, Collection<String> hosts) {
        return last(set, mark, hosts);
    }

    /** The last step that gave the mark to any host, be it one that the mark is not about. */
    Optional<StepEffect> setter(Effect mark) {
        return last(set, mark, hosts(set, mark).keySet());
    }

    /** The last step that took it from any of these hosts. */
    Optional<StepEffect> clearer(Effect mark, Collection<String> hosts) {
        return last(cleared, mark, hosts);
    }

    void pass(StepEffect act) {
        act.effects().clears().forEach(mark -> clear(mark, LintScope.marked(act, mark), act));
        act.effects().sets().forEach(mark -> set(mark, LintScope.marked(act, mark), act));
    }

    private void set(Effect mark, Collection<String> hosts, StepEffect by) {
        hosts.forEach(host -> {
            hosts(set, mark).put(host, by);
            hosts(cleared, mark).remove(host);
        });
    }

    private void clear(Effect mark, Collection<String> hosts, StepEffect by) {
        hosts.forEach(host -> {
            assumed(mark).remove(host);
            if (hosts(set, mark).remove(host) != null) {
                hosts(cleared, mark).put(host, by);
            }
        });
    }

    /** From here on it counts as set, so that one fault is told once. */
    void assume(Effect mark, Collection<String> hosts) {
        assumed(mark).addAll(hosts);
    }

    private Set<String> assumed(Effect mark) {
        return assumed.computeIfAbsent(mark, ignored -> new LinkedHashSet<>());
    }

    private static Map<String, StepEffect> hosts(Map<Effect, Map<String, StepEffect>> board, Effect mark) {
        return board.computeIfAbsent(mark, ignored -> new LinkedHashMap<>());
    }

    private static Optional<StepEffect> last(
            Map<Effect, Map<String, StepEffect>> board, Effect mark, Collection<String> hosts) {
        List<StepEffect> acts = new ArrayList<>();
        hosts(board, mark).forEach((host, act) -> {
            if (hosts.contains(host)) {
                acts.add(act);
            }
        });
        return acts.stream()
                .max((one, other) ->
                        Integer.compare(one.step().index(), other.step().index()));
    }
}
