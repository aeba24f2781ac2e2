package dev.runbook.step;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The effects that a step needs, sets and clears: all that the rules on a runbook's order know of it.
 *
 * @param needs effects that must be set, or not set, on every host that they concern
 * @param sets effects that the step sets on its hosts
 * @param clears effects that the step clears on its hosts
 * @param claims data folders, cluster tokens and owners that its parameters name
 */
public record Effects(Nature nature, List<Need> needs, Set<Effect> sets, Set<Effect> clears, List<Claim> claims) {
    /** Whether a step changes hosts, and whether it can fail or be undone. */
    public enum Nature {
        /** It reads only, and no later step relies on the result. */
        OBSERVES,
        /** It changes no host, and fails when a check fails. */
        CHECKS,
        /** It changes hosts, and can be undone. */
        CHANGES,
        /** It changes hosts, and cannot be undone. */
        IRREVERSIBLE
    }

    /**
     * An effect that must be set, or not set, before the step begins on any host.
     *
     * @param holds false when the effect must not be set on any host
     * @param here on the step's own hosts only, not on all that the effect concerns
     * @param once only when this effect is set on any host
     */
    public record Need(Effect effect, boolean holds, boolean here, Optional<Effect> once) {
        public static Need of(Effect effect) {
            return new Need(effect, true, false, Optional.empty());
        }

        public static Need not(Effect effect) {
            return new Need(effect, false, false, Optional.empty());
        }

        /** Needs the effect on the step's own hosts only. */
        public static Need here(Effect effect) {
            return new Need(effect, true, true, Optional.empty());
        }

        /** Needs {@code effect} if {@code once} is set on any host by then. */
        public static Need once(Effect once, Effect effect) {
            return new Need(effect, true, false, Optional.of(once));
        }
    }

    /** A value in a step's parameters that may be wrong in any order of steps. */
    public sealed interface Claim {
        /** Path to the field that a message points at: names from the step's own down, an index for an item of a list. */
        List<String> field();

        /**
         * A folder that the step fills with a member's data, or points a member at.
         *
         * @param made whether the step itself fills it
         */
        record DataFolder(List<String> field, String path, boolean made) implements Claim {}

        /**
         * The token of a new cluster.
         *
         * @param fresh whether each run has a token of its own
         */
        record Token(List<String> field, boolean fresh) implements Claim {}

        /** A path that the step creates without an explicit owner. */
        record OwnerUnspecified(List<String> field, String path) implements Claim {}
    }

    public Effects {
        needs = List.copyOf(needs);
        sets = Set.copyOf(sets);
        clears = Set.copyOf(clears);
        claims = List.copyOf(claims);
    }

    public static Effects of(Nature nature) {
        return new Effects(nature, List.of(), Set.of(), Set.of(), List.of());
    }

    public Effects needing(Need... more) {
        return new Effects(nature, joined(needs, List.of(more)), sets, clears, claims);
    }

    public Effects setting(Effect... more) {
        return new Effects(nature, needs, Set.copyOf(joined(sets, List.of(more))), clears, claims);
    }

    public Effects clearing(Effect... more) {
        return new Effects(nature, needs, sets, Set.copyOf(joined(clears, List.of(more))), claims);
    }

    public Effects claiming(Collection<? extends Claim> more) {
        return new Effects(nature, needs, sets, clears, joined(claims, more));
    }

    /** Every effect that the step sets or clears. */
    public Set<Effect> touched() {
        return Set.copyOf(joined(sets, clears));
    }

    private static <T> List<T> joined(Collection<? extends T> some, Collection<? extends T> more) {
        return new ArrayList<>(new LinkedHashSet<T>(
                Stream.<T>concat(some.stream(), more.stream()).toList()));
    }
}
