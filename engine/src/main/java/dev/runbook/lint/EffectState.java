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

/** Which effects are set on which hosts at one point of a runbook, and by which steps. */
final class EffectState {
    private final Map<Effect, Map<String, StepEffect>> set = new EnumMap<>(Effect.class);
    private final Map<Effect, Map<String, StepEffect>> cleared = new EnumMap<>(Effect.class);
    /** Effects that were missing, and whose finding was reported. */
    private final Map<Effect, Set<String>> assumed = new EnumMap<>(Effect.class);

    boolean isSetAnywhere(Effect effect) {
        return !hosts(set, effect).isEmpty() || !assumed(effect).isEmpty();
    }

    /** The hosts among these on which the effect is not set. */
    Set<String> without(Effect effect, Collection<String> hosts) {
        Set<String> without = new LinkedHashSet<>(hosts);
        without.removeAll(hosts(set, effect).keySet());
        without.removeAll(assumed(effect));
        return without;
    }

    /** The hosts among these on which a step set the effect. */
    Set<String> with(Effect effect, Collection<String> hosts) {
        Set<String> with = new LinkedHashSet<>(hosts);
        with.retainAll(hosts(set, effect).keySet());
        return with;
    }

    /** The last step that set the effect on any of these hosts. */
    Optional<StepEffect> setter(Effect effect, Collection<String> hosts) {
        return last(set, effect, hosts);
    }

    /** The last step that set the effect on any host, also on one that the effect does not concern. */
    Optional<StepEffect> setter(Effect effect) {
        return last(set, effect, hosts(set, effect).keySet());
    }

    /** The last step that cleared the effect on any of these hosts. */
    Optional<StepEffect> clearer(Effect effect, Collection<String> hosts) {
        return last(cleared, effect, hosts);
    }

    /** Clears and sets the step's effects on its hosts. */
    void apply(StepEffect step) {
        step.effects().clears().forEach(effect -> clear(effect, LintScope.covered(step, effect), step));
        step.effects().sets().forEach(effect -> set(effect, LintScope.covered(step, effect), step));
    }

    private void set(Effect effect, Collection<String> hosts, StepEffect by) {
        hosts.forEach(host -> {
            hosts(set, effect).put(host, by);
            hosts(cleared, effect).remove(host);
        });
    }

    private void clear(Effect effect, Collection<String> hosts, StepEffect by) {
        hosts.forEach(host -> {
            assumed(effect).remove(host);
            if (hosts(set, effect).remove(host) != null) {
                hosts(cleared, effect).put(host, by);
            }
        });
    }

    /** Counts the effect as set from here on, so that one fault is reported once. */
    void assume(Effect effect, Collection<String> hosts) {
        assumed(effect).addAll(hosts);
    }

    private Set<String> assumed(Effect effect) {
        return assumed.computeIfAbsent(effect, ignored -> new LinkedHashSet<>());
    }

    private static Map<String, StepEffect> hosts(Map<Effect, Map<String, StepEffect>> byHost, Effect effect) {
        return byHost.computeIfAbsent(effect, ignored -> new LinkedHashMap<>());
    }

    private static Optional<StepEffect> last(
            Map<Effect, Map<String, StepEffect>> byHost, Effect effect, Collection<String> hosts) {
        List<StepEffect> steps = new ArrayList<>();
        hosts(byHost, effect).forEach((host, step) -> {
            if (hosts.contains(host)) {
                steps.add(step);
            }
        });
        return steps.stream()
                .max((one, other) ->
                        Integer.compare(one.written().index(), other.written().index()));
    }
}
