package dev.runbook.load.inventory;

import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A host pattern in Ansible's syntax: {@code etcd:!broken}, {@code cp*,&etcd}, {@code ~cp[13]}, {@code etcd[0]}.
 *
 * @param text as written
 */
public record HostPattern(String text, List<PatternTerm> terms) {
    /**
     * Hosts that a pattern selects.
     *
     * @param hosts in the order of the inventory
     * @param problems errors for unknown names; a warning when the names are known but no host remains
     */
    public record Selection(List<Host> hosts, List<Problem> problems) {
        public Selection {
            hosts = List.copyOf(hosts);
            problems = List.copyOf(problems);
        }
    }

    public HostPattern {
        terms = List.copyOf(terms);
        if (terms.isEmpty()) {
            throw new IllegalArgumentException("a host pattern needs a term");
        }
    }

    /** The pattern for every host. */
    public static HostPattern all() {
        return new HostPattern(
                "all",
                List.of(new PatternTerm(
                        PatternTerm.Operator.ADD,
                        new PatternTerm.Matcher.Name("all"),
                        new PatternTerm.Place(new Problem.Where.InCall()))));
    }

    /** Position of its first term, if it was written in a file. */
    public Optional<Position> position() {
        return terms.getFirst().place().where() instanceof Problem.Where.InText(var position)
                ? Optional.of(position)
                : Optional.empty();
    }

    /** All terms of several patterns, as if they had been written as one. */
    public static HostPattern anyOf(List<HostPattern> patterns) {
        return new HostPattern(
                String.join(",", patterns.stream().map(HostPattern::text).toList()),
                patterns.stream().flatMap(pattern -> pattern.terms().stream()).toList());
    }

    /** Applies terms in Ansible's order: first additions, then intersections, then exclusions. */
    public Selection select(Inventory inventory) {
        List<Problem> problems = new ArrayList<>();
        terms.forEach(term -> term.check(inventory).ifPresent(problems::add));
        Set<String> named = new LinkedHashSet<>();
        var anyNamed = false;
        for (var term : terms) {
            if (term.operator() == PatternTerm.Operator.ADD) {
                anyNamed = true;
                named.addAll(term.hosts(inventory));
            }
        }
        Predicate<String> wanted = anyNamed ? named::contains : ignored -> true;
        for (var term : terms) {
            var hosts = term.hosts(inventory);
            wanted = switch (term.operator()) {
                case ADD -> wanted;
                case AND -> wanted.and(hosts::contains);
                case NOT -> wanted.and(host -> !hosts.contains(host));
            };
        }
        var test = wanted;
        var hosts = inventory.hosts().stream()
                .filter(host -> test.test(host.name()))
                .toList();
        if (hosts.isEmpty() && problems.isEmpty()) {
            problems.add(terms.getFirst()
                    .place()
                    .problem("no-hosts", "the pattern \"" + text + "\" matches no host", "")
                    .asWarning());
        }
        return new Selection(hosts, problems);
    }

    @Override
    public String toString() {
        return text;
    }
}
