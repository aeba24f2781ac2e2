package dev.runbook.lint;

import dev.runbook.load.Condition;
import dev.runbook.load.Loaded;
import dev.runbook.load.NoHosts;
import dev.runbook.step.Effect;
import dev.runbook.step.Effect.Whose;
import dev.runbook.step.Effects.Need;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rule on steps that run on no host. */
final class IdleRules {
    private final LintScope scope;
    private final Loaded.Ok loaded;
    private final Consumer<Finding> findings;

    IdleRules(LintScope scope, Loaded.Ok loaded, Consumer<Finding> findings) {
        this.scope = scope;
        this.loaded = loaded;
        this.findings = findings;
    }

    void check() {
        if (scope.knowsHosts()) {
            scope.idle().stream()
                    .filter(step -> step.written().call().type().mustRun())
                    .forEach(this::check);
        }
    }

    private void check(StepEffect step) {
        var hosts = loaded.hostsOf(step.written());
        if (hosts.isEmpty()) {
            if (!isWithoutApiServers(step)) {
                findings.accept(Finding.of(
                        Rule.RUNS_NOWHERE,
                        step,
                        step.hostsPosition(),
                        "the step \"" + step.written().name() + "\" runs on no host: "
                                + NoHosts.reason(step.written().hosts(), loaded.inventory(), loaded.limit()),
                        "give it hosts, or allow this rule at the step if it may do nothing"));
            }
        } else if (!dependsOnTheCallAlone(step)) {
            findings.accept(Finding.of(
                    Rule.RUNS_NOWHERE,
                    step,
                    step.position(),
                    "the step \"" + step.written().name() + "\" runs on no host: its condition is false on "
                            + hosts.stream().map(host -> host.name()).collect(Collectors.joining(", ")),
                    "change the condition, or allow this rule at the step if it may do nothing"));
        }
    }

    /** A group of API servers that is defined without hosts is how an inventory says that there are none. */
    private boolean isWithoutApiServers(StepEffect step) {
        var group = loaded.inventory().groups().get(LintScope.CONTROL_PLANE);
        var concerned = Stream.concat(
                        step.effects().needs().stream().map(Need::effect), step.effects().touched().stream())
                .map(Effect::whose)
                .collect(Collectors.toSet());
        return concerned.equals(Set.of(Whose.API_SERVERS))
                && group != null
                && group.hosts().isEmpty()
                && step.written().hosts().select(loaded.inventory()).hosts().isEmpty();
    }

    /** A condition on inputs alone is a choice of the call, for all hosts at once. */
    private static boolean dependsOnTheCallAlone(StepEffect step) {
        return step.written().when().map(Condition::references).orElse(Set.of()).stream()
                .allMatch(name -> name.startsWith("inputs."));
    }
}
