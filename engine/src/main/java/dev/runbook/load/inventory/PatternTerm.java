package dev.runbook.load.inventory;

import dev.runbook.model.DidYouMean;
import dev.runbook.model.Problem;
import dev.runbook.model.Severity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One part of a host pattern.
 *
 * @param place where it stands, for messages
 */
public record PatternTerm(Operator operator, Matcher matcher, Place place) {
    /** What a term does to the hosts so far. */
    public enum Operator {
        ADD,
        AND,
        NOT
    }

    /** Which names a term means. */
    public sealed interface Matcher {
        /** A group or host of just this name. */
        record Name(String name) implements Matcher {}

        /** A glob or a regular expression over the names of groups and hosts. */
        record Like(Pattern pattern) implements Matcher {}

        /**
         * Those at certain positions of what another one means, counted from 0.
         *
         * @param first negative to count from the end
         * @param last belongs to it; the same as {@code first} for a single one
         */
        record Nth(Matcher of, int first, int last) implements Matcher {
            /** A single position has to be there; a range takes what there is, as in Ansible. */
            boolean isOutside(int size) {
                return first == last && (first < 0 ? -first > size : first >= size);
            }

            Set<String> of(List<String> hosts) {
                if (isOutside(hosts.size())) {
                    return Set.of();
                }
                var from = first < 0 ? hosts.size() + first : Math.min(first, hosts.size());
                var to = first == last ? from + 1 : (int) Math.min(hosts.size(), last + 1L);
                return new LinkedHashSet<>(hosts.subList(from, Math.max(from, to)));
            }
        }
    }

    /** Where a pattern was written: in a file or in the call. */
    public record Place(Problem.Where where) {
        Problem problem(String code, String summary, String next) {
            return new Problem(Severity.ERROR, code, where, summary, next);
        }
    }

    Set<String> hosts(Inventory inventory) {
        return hosts(matcher, inventory);
    }

    private static Set<String> hosts(Matcher matcher, Inventory inventory) {
        if (matcher instanceof Matcher.Nth nth) {
            return nth.of(List.copyOf(hosts(nth.of(), inventory)));
        }
        Set<String> hosts = new LinkedHashSet<>();
        for (var group : inventory.groups().values()) {
            if (matches(matcher, group.name())) {
                hosts.addAll(group.ordered());
            }
        }
        for (var host : inventory.hosts()) {
            if (matches(matcher, host.name())) {
                hosts.add(host.name());
            }
        }
        return hosts;
    }

    /** What is wrong with it in this inventory. */
    Optional<Problem> check(Inventory inventory) {
        return check(matcher, inventory);
    }

    private Optional<Problem> check(Matcher matcher, Inventory inventory) {
        return switch (matcher) {
            case Matcher.Name(var name) ->
                inventory.names().contains(name)
                        ? Optional.empty()
                        : Optional.of(place.problem(
                                "unknown-host",
                                "no group or host is called \"" + name + "\"",
                                inventory.hosts().isEmpty()
                                        ? "the inventory has no hosts"
                                        : DidYouMean.hint(name, inventory.names())));
            case Matcher.Like like -> Optional.empty();
            case Matcher.Nth nth -> {
                var ofAll = hosts(nth.of(), inventory);
                yield check(nth.of(), inventory)
                        .or(() -> nth.isOutside(ofAll.size())
                                ? Optional.of(place.problem(
                                        "no-such-position",
                                        "there is no position " + nth.first() + " among " + ofAll.size() + " hosts",
                                        "the first is [0], the last [-1]"))
                                : Optional.empty());
            }
        };
    }

    private static boolean matches(Matcher matcher, String name) {
        return switch (matcher) {
            case Matcher.Name(var wanted) -> wanted.equals(name);
            case Matcher.Like(var pattern) -> pattern.matcher(name).matches();
            case Matcher.Nth nth -> false;
        };
    }
}
