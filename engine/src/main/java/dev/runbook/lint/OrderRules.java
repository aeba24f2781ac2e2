package dev.runbook.lint;

import dev.runbook.step.Effect;
import dev.runbook.step.Effect.Whose;
import dev.runbook.step.Effects.Need;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Rules on the order of steps: applies each step's effects in turn and checks what the next one needs. */
final class OrderRules {
    /** Effects that must be set or cleared when the last step is done. */
    private static final List<Need> AT_THE_END = List.of(
            Need.once(Effect.SWITCHED, Effect.COMMITTED),
            Need.once(Effect.NEW_DATA, Effect.SWITCHED),
            Need.not(Effect.MEMBER_STOPPED),
            Need.not(Effect.API_STOPPED));

    private final LintScope scope;
    private final Remedies remedies;
    private final Consumer<Finding> findings;
    private final EffectState state = new EffectState();

    OrderRules(LintScope scope, Remedies remedies, Consumer<Finding> findings) {
        this.scope = scope;
        this.remedies = remedies;
        this.findings = findings;
    }

    void check() {
        for (var step : scope.steps()) {
            step.effects().needs().forEach(need -> check(step, need));
            state.apply(step);
        }
        AT_THE_END.forEach(this::checkEnd);
    }

    private Set<String> unmet(Need need, Set<String> hosts) {
        if (need.once().isPresent() && !state.isSetAnywhere(need.once().get())) {
            return Set.of();
        }
        return need.holds() ? state.without(need.effect(), hosts) : state.with(need.effect(), hosts);
    }

    private void check(StepEffect step, Need need) {
        var hosts = scope.expected(need.effect());
        if (need.here()) {
            hosts = new LinkedHashSet<>(hosts);
            hosts.retainAll(step.hosts());
        }
        var unmet = unmet(need, hosts);
        if (unmet.isEmpty()) {
            return;
        }
        var later = later(step, need, unmet);
        var partial = later.isEmpty() ? leavingOut(need, hosts, unmet) : Optional.<StepEffect>empty();
        if (partial.isPresent() && need.effect() != Effect.CHECKED) {
            findings.accept(leftOut(partial.get(), need.effect().whose(), unmet));
        } else {
            findings.accept(tooEarly(step, need, unmet, later));
        }
        if (need.holds() && (need.effect() != Effect.COMMITTED || later.isEmpty())) {
            // Reported once: later steps that need the same effect are no findings of their own.
            state.assume(need.effect(), unmet);
        }
    }

    /** A later step that meets the need. */
    private Optional<StepEffect> later(StepEffect step, Need need, Set<String> unmet) {
        return scope.steps().stream()
                .filter(other -> other.written().index() > step.written().index())
                .filter(other ->
                        (need.holds() ? other.effects().sets() : other.effects().clears()).contains(need.effect()))
                .filter(other ->
                        LintScope.covered(other, need.effect()).stream().anyMatch(unmet::contains))
                .findFirst();
    }

    /** A step that met the need on other hosts and left these out. */
    private Optional<StepEffect> leavingOut(Need need, Set<String> hosts, Set<String> unmet) {
        if (need.effect().whose() == Whose.CLUSTER) {
            return Optional.empty();
        }
        return need.holds()
                ? state.clearer(need.effect(), unmet).isPresent() ? Optional.empty() : state.setter(need.effect())
                : state.clearer(need.effect(), hosts);
    }

    private Finding tooEarly(StepEffect step, Need need, Set<String> unmet, Optional<StepEffect> later) {
        var hosts = shown(need.effect(), unmet);
        var next = remedies.forStep(need, later, state.clearer(need.effect(), unmet));
        return switch (need.effect()) {
            case API_STOPPED ->
                need.holds()
                        ? at(
                                step,
                                Rule.API_SERVER_RUNS,
                                step.type() + " begins while an API server may run" + hosts,
                                next)
                        : at(
                                step,
                                Rule.PROOF_OF_STOPPED,
                                step.type() + " would wait for API servers that are stopped",
                                next);
            case MEMBER_STOPPED ->
                !need.holds()
                        ? at(
                                step,
                                Rule.PROOF_OF_STOPPED,
                                step.type() + " would wait for members that are stopped",
                                next)
                        : step.effects().clears().contains(Effect.MEMBER_STOPPED)
                                ? at(
                                        step,
                                        Rule.START_BEFORE_STOP,
                                        step.type() + " starts members before every one of them is stopped" + hosts,
                                        next)
                                : at(
                                        step,
                                        Rule.MEMBER_RUNS,
                                        step.type() + " begins while a member may run" + hosts,
                                        next);
            case NEW_DATA ->
                at(step, Rule.NOT_PREPARED, step.type() + " begins before every member has new data" + hosts, next);
            case SWITCHED ->
                at(
                        step,
                        Rule.NOT_SWITCHED,
                        step.type() + " starts members on their old data, although new data is prepared" + hosts,
                        next);
            case VERIFIED ->
                at(step, Rule.NO_PROOF, step.type() + " runs before the restored members are verified" + hosts, next);
            case CHECKED ->
                at(step, Rule.NOT_CHECKED, step.type() + " begins before every member is checked" + hosts, next);
            case SNAPSHOT_KEPT ->
                at(
                        step,
                        Rule.NO_SNAPSHOT,
                        step.type() + " begins, and no step before it saves a snapshot of the cluster",
                        next);
            case COMMITTED -> commit(step, need, later, next);
        };
    }

    private Finding commit(StepEffect step, Need need, Optional<StepEffect> later, String next) {
        if (need.holds()) {
            return later.isPresent()
                    ? at(step, Rule.BEFORE_COMMIT, step.type() + " runs before the commit", next)
                    : at(
                            step,
                            Rule.COMMIT_MISSING,
                            step.type() + " runs after a switch to new data, and no step commits",
                            next);
        }
        var commit = state.setter(Effect.COMMITTED, scope.expected(Effect.COMMITTED))
                .map(StepEffect::reference)
                .orElse("");
        return step.effects().sets().contains(Effect.COMMITTED)
                ? at(step, Rule.COMMIT_TWICE, "this commits a second time, after " + commit, "keep one of the two")
                : at(
                        step,
                        Rule.AFTER_COMMIT,
                        step.type() + " runs after the commit, where a run cannot roll back",
                        "move it before " + commit);
    }

    private void checkEnd(Need need) {
        var hosts = scope.expected(need.effect());
        var unmet = unmet(need, hosts);
        var cause = need.holds()
                ? need.once().flatMap(once -> state.setter(once, scope.expected(once)))
                : state.setter(need.effect(), unmet);
        if (unmet.isEmpty() || cause.isEmpty()) {
            return;
        }
        var partial = leavingOut(need, hosts, unmet);
        if (partial.isPresent()) {
            findings.accept(leftOut(partial.get(), need.effect().whose(), unmet));
            return;
        }
        var step = cause.get();
        var next = remedies.forEnd(need);
        findings.accept(
                switch (need.effect()) {
                    case COMMITTED ->
                        at(step, Rule.COMMIT_MISSING, "members are switched here, and no step commits", next);
                    case SWITCHED ->
                        at(step, Rule.LEFT_UNUSED, "new data is prepared here, and no step switches to it", next);
                    case MEMBER_STOPPED, API_STOPPED, CHECKED, SNAPSHOT_KEPT, NEW_DATA, VERIFIED ->
                        at(step, Rule.LEFT_STOPPED, step.type() + " stops a service that no later step starts", next);
                });
    }

    private Finding leftOut(StepEffect step, Whose whose, Set<String> hosts) {
        var isMember = whose == Whose.MEMBERS;
        var rule = isMember ? Rule.MEMBER_LEFT_OUT : Rule.API_SERVER_LEFT_OUT;
        var what = isMember ? "a member" : "an API server";
        var reason = step.written().runOnce()
                ? "remove run_once, because it limits the step to one host"
                : step.written().when().isPresent()
                        ? "check its hosts and its condition"
                        : "extend its hosts to the whole group " + (isMember ? LintScope.ETCD : LintScope.CONTROL_PLANE)
                                + ", and run without --limit";
        return Finding.of(
                rule,
                step,
                step.hostsPosition(),
                step.type() + " leaves out " + String.join(", ", hosts)
                        + (scope.knowsHosts() ? ", where " + what + " runs" : ""),
                reason);
    }

    private Finding at(StepEffect step, Rule rule, String summary, String next) {
        return Finding.of(rule, step, step.position(), summary, next);
    }

    /** The hosts at fault, where their names are known. */
    private String shown(Effect effect, Set<String> hosts) {
        var known = scope.knowsHosts() && effect.whose() != Whose.CLUSTER
                ? hosts.stream().filter(host -> !host.equals(LintScope.UNNAMED)).toList()
                : List.<String>of();
        return known.isEmpty() ? "" : ": " + String.join(", ", known);
    }
}
