package dev.runbook.load.inventory;

import dev.runbook.model.Problem;
import dev.runbook.model.Severity;
import java.util.LinkedHashSet;
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
    }

    /** Where a pattern was written: in a file or in the call. */
    public record Place(Problem.Where where) {
        Problem problem(String code, String summary, String next) {
            return new Problem(Severity.ERROR, code, where, summary, next);
        }
    }

    Set<String> hosts(Inventory inventory) {
        Set<String> hosts = new LinkedHashSet<>();
        for (var group : inventory.groups().values()) {
            if (matches(group.name())) {
                hosts.addAll(group.hosts());
            }
        }
        for (var host : inventory.hosts()) {
            if (matches(host.name())) {
                hosts.add(host.name());
            }
        }
        return hosts;
    }

    private boolean matches(String name) {
        return switch (matcher) {
            case Matcher.Name(var wanted) -> wanted.equals(name);
            case Matcher.Like(var pattern) -> pattern.matcher(name).matches();
        };
    }
}
