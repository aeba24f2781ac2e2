package dev.runbook.lint;

import dev.runbook.model.Severity;
import dev.runbook.step.Effect;
import dev.runbook.step.Effect.Whose;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules on the hosts of all steps together; {@link OrderRules} checks the hosts of each step. */
final class HostRules {
    private final LintScope scope;
    private final Consumer<Finding> findings;

    HostRules(LintScope scope, Consumer<Finding> findings) {
        this.scope = scope;
        this.findings = findings;
    }

    void check() {
        if (scope.knowsHosts()) {
            evenMembers();
        } else {
            differing(Whose.MEMBERS);
            differing(Whose.API_SERVERS);
        }
    }

    private void evenMembers() {
        var members = scope.expected(Effect.NEW_DATA);
        if (members.size() % 2 == 0) {
            scope.steps().stream()
                    .filter(step -> step.effects().sets().contains(Effect.NEW_DATA))
                    .findFirst()
                    .ifPresent(step -> findings.accept(Finding.of(
                            Rule.EVEN_MEMBERS,
                            step,
                            step.hostsPosition(),
                            "the restored cluster has " + members.size() + " members: " + String.join(", ", members),
                            "restore onto an odd number of members")));
        }
    }

    /** Two patterns may select the same hosts, which only an inventory shows: without one this is a warning. */
    private void differing(Whose whose) {
        var steps = scope.steps().stream().filter(step -> step.changes(whose)).toList();
        steps.stream()
                .filter(step -> !parts(step).equals(parts(steps.getFirst())))
                .forEach(step -> findings.accept(new Finding(
                        Rule.HOSTS_DIFFER,
                        Severity.WARNING,
                        Optional.of(step),
                        step.hostsPosition(),
                        step.type() + " runs on \"" + step.written().hosts() + "\", and "
                                + steps.getFirst().reference() + " on \""
                                + steps.getFirst().written().hosts() + "\"",
                        "give an inventory with -i, which shows whether these are the same hosts")));
    }

    private static List<String> parts(StepEffect step) {
        return Stream.of(step.written().hosts().text().split("[,:\\s]+"))
                .filter(part -> !part.isEmpty())
                .sorted()
                .collect(Collectors.toList());
    }
}
