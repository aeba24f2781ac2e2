package dev.runbook.step;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a step needs to be so before it begins, and what it makes so: all that a check of a runbook's order knows of it.
 *
 * @param needs what must be so on every host that the mark is about
 * @param sets what is so of the step's hosts from then on
 * @param clears what is no longer so of them
 * @param claims what it says of data folders, cluster tokens and owners
 */
public record Effects(Nature nature, List<Need> needs, Set<Effect> sets, Set<Effect> clears, List<Claim> claims) {
    /** What a failure of the step means, and what it leaves. */
    public enum Nature {
        /** It only looks, and nothing rests on what it sees. */
        LOOKS,
        /** It fails when something is not as it shall be. */
        CHECKS,
        /** It changes hosts, and can be taken back. */
        CHANGES,
        /** It changes hosts, and nobody can take it back. */
        IRREVERSIBLE
    }

    /**
     * Something that must be so before the step begins on any host.
     *
     * @param holds false when the mark must not be set on any host
     * @param here on the step's own hosts only, not on all that the mark is about
     * @param once only when this mark is set somewhere
     */
    public record Need(Effect mark, boolean holds, boolean here, Optional<Effect> once) {
        public static Need of(Effect mark) {
            return new Need(mark, true, false, Optional.empty());
        }

        public static Need not(Effect mark) {
            return new Need(mark, false, false, Optional.empty());
        }

        /** Needs it where the step runs; what is so of other hosts does not matter. */
        public static Need here(Effect mark) {
            return new Need(mark, true, true, Optional.empty());
        }

        /** Needs {@code mark} if {@code once} is set on any host by then. */
        public static Need once(Effect once, Effect mark) {
            return new Need(mark, true, false, Optional.of(once));
        }
    }

    /** Something that a step's parameters say and that may be wrong whatever the order is. */
    public sealed interface Claim {
        /** Names of fields from the step's own down, an index for an item of a list; where a message points. */
        List<String> field();

        /**
         * A member's data is made here, or looked for here from then on.
         *
         * @param made whether the step itself makes it
         */
        record DataFolder(List<String> field, String path, boolean made) implements Claim {}

        /**
         * The token of a cluster to come.
         *
         * @param fresh whether it is another one in each run
         */
        record Token(List<String> field, boolean fresh) implements Claim {}

        /** Something is put here without a word on whose it is. */
        record OwnerLeftOpen(List<String> field, String path) implements Claim {}
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

    /** Every mark that it sets or clears. */
    public Set<Effect> touched() {
        return Set.copyOf(joined(sets, clears));
    }

    private static <T> List<T> joined(Collection<? extends T> some, Collection<? extends T> more) {
        return new ArrayList<>(new LinkedHashSet<T>(
                Stream.<T>concat(some.stream(), more.stream()).toList()));
    }
}
