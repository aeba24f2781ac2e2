package dev.runbook.lint;

import dev.runbook.model.Severity;
import dev.runbook.step.Effect;
import dev.runbook.step.Effect.Whose;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the hosts of the steps go together, as far as the walk through them does not tell. */
final class HostRules {
    private final LintScope ground;
    private final Consumer<Finding> findings;

    HostRules(LintScope ground, Consumer<Finding> findings) {
        this.ground = ground;
        this.findings = findings;
    }

    void check() {
        if (ground.knowsHosts()) {
            evenMembers();
        } else {
            differing(Whose.MEMBERS);
            differing(Whose.API_SERVERS);
        }
    }

    private void evenMembers() {
        var members = ground.expected(Effect.NEW_DATA);
        if (members.size() % 2 == 0) {
            ground.acts().stream()
                    .filter(act -> act.effects().sets().contains(Effect.NEW_DATA))
                    .findFirst()
                    .ifPresent(act -> findings.accept(Finding.of(
                            Rule.EVEN_MEMBERS,
                            act,
                            act.hostsPosition(),
                            "the restored cluster has " + members.size() + " members: " + String.join(", ", members),
                            "have an odd number")));
        }
    }

    /** Two patterns may mean the same hosts: without an inventory that is for a person to know. */
    private void differing(Whose whose) {
        var acts = ground.acts().stream().filter(act -> act.actsOn(whose)).toList();
        acts.stream()
                .filter(act -> !parts(act).equals(parts(acts.getFirst())))
                .forEach(act -> findings.accept(new Finding(
                        Rule.HOSTS_DIFFER,
                        Severity.WARNING,
                        Optional.of(act),
                        act.hostsPosition(),
                        act.type() + " is for \"" + act.step().hosts() + "\", and "
                                + acts.getFirst().pointed() + " for \""
                                + acts.getFirst().step().hosts() + "\"",
                        "give an inventory with -i, so that it can be told whether these are the same hosts")));
    }

    private static List<String> parts(StepEffect act) {
        return Stream.of(act.step().hosts().text().split("[,:\\s]+"))
                .filter(part -> !part.isEmpty())
                .sorted()
                .collect(Collectors.toList());
    }
}
