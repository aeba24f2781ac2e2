package dev.runbook.load.inventory;

import dev.runbook.model.Problem;
import dev.runbook.model.Severity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One term of a host pattern.
 *
 * @param place its place, for messages
 */
public record PatternTerm(Operator operator, Matcher matcher, Place place) {
    /** How a term changes the selection of the terms before it. */
    public enum Operator {
        ADD,
        AND,
        NOT
    }

    /** Names that a term matches. */
    public sealed interface Matcher {
        /** A group or host with exactly this name. */
        record Name(String name) implements Matcher {}

        /** A glob or a regular expression over the names of groups and hosts. */
        record Like(Pattern pattern) implements Matcher {}

        /**
         * Hosts at certain positions among those that another matcher selects, counted from 0.
         *
         * @param first negative to count from the end
         * @param last inclusive; the same as {@code first} for a single position
         */
        record Nth(Matcher of, int first, int last) implements Matcher {
            /** A single position must exist; a range selects the existing ones, as in Ansible. */
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

    /** Where a pattern was written: in a file or on the command line. */
    public record Place(Problem.Where where) {
        /** A problem at this place. */
        public Problem problem(String code, String summary, String next) {
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

    /** The problem of the term in an inventory, if any. */
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
                                "no group or host is named \"" + name + "\"",
                                GroupHint.of(name, inventory)));
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
