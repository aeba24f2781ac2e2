package dev.runbook.lint;

import dev.runbook.step.Effect;
import dev.runbook.step.Effect.Whose;
import dev.runbook.step.Effects.Need;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Walks through the steps in their order, with what each needs, sets and clears. */
final class OrderRules {
    /** What must be so when the last step is done. */
    private static final List<Need> AT_THE_END = List.of(
            Need.once(Effect.SWITCHED, Effect.COMMITTED),
            Need.once(Effect.NEW_DATA, Effect.SWITCHED),
            Need.not(Effect.MEMBER_STOPPED),
            Need.not(Effect.API_STOPPED));

    private final LintScope ground;
    private final Remedies remedies;
    private final Consumer<Finding> findings;
    private final EffectState board = new EffectState();

    OrderRules(LintScope ground, Remedies remedies, Consumer<Finding> findings) {
        this.ground = ground;
        this.remedies = remedies;
        this.findings = findings;
    }

    void check() {
        for (var act : ground.acts()) {
            act.effects().needs().forEach(need -> check(act, need));
            board.pass(act);
        }
        AT_THE_END.forEach(this::checkEnd);
    }

    private Set<String> unmet(Need need, Set<String> hosts) {
        if (need.once().isPresent() && !board.isSetAnywhere(need.once().get())) {
            return Set.of();
        }
        return need.holds() ? board.without(need.mark(), hosts) : board.with(need.mark(), hosts);
    }

    private void check(StepEffect act, Need need) {
        var hosts = ground.expected(need.mark());
        if (need.here()) {
            hosts = new LinkedHashSet<>(hosts);
            hosts.retainAll(act.hosts());
        }
        var unmet = unmet(need, hosts);
        if (unmet.isEmpty()) {
            return;
        }
        var later = later(act, need, unmet);
        var partial = later.isEmpty() ? halfDone(need, hosts, unmet) : Optional.<StepEffect>empty();
        if (partial.isPresent() && need.mark() != Effect.LOOKED_AT) {
            findings.accept(leftOut(partial.get(), need.mark().whose(), unmet));
        } else {
            findings.accept(tooEarly(act, need, unmet, later));
        }
        if (need.holds() && (need.mark() != Effect.COMMITTED || later.isEmpty())) {
            // Said once: what rests on it further down is no finding of its own.
            board.assume(need.mark(), unmet);
        }
    }

    /** A step further down that brings about what is missing. */
    private Optional<StepEffect> later(StepEffect act, Need need, Set<String> unmet) {
        return ground.acts().stream()
                .filter(other -> other.step().index() > act.step().index())
                .filter(other ->
                        (need.holds() ? other.effects().sets() : other.effects().clears()).contains(need.mark()))
                .filter(other -> LintScope.marked(other, need.mark()).stream().anyMatch(unmet::contains))
                .findFirst();
    }

    /** A step that did for other hosts what is missing on these: they were forgotten. */
    private Optional<StepEffect> halfDone(Need need, Set<String> hosts, Set<String> unmet) {
        if (need.mark().whose() == Whose.CLUSTER) {
            return Optional.empty();
        }
        return need.holds()
                ? board.clearer(need.mark(), unmet).isPresent() ? Optional.empty() : board.setter(need.mark())
                : board.clearer(need.mark(), hosts);
    }

    private Finding tooEarly(StepEffect act, Need need, Set<String> unmet, Optional<StepEffect> later) {
        var hosts = shown(need.mark(), unmet);
        var next = remedies.forStep(need, later, board.clearer(need.mark(), unmet));
        return switch (need.mark()) {
            case API_STOPPED ->
                need.holds()
                        ? at(
                                act,
                                Rule.API_SERVER_RUNS,
                                act.type() + " begins while an API server may run" + hosts,
                                next)
                        : at(
                                act,
                                Rule.PROOF_OF_STOPPED,
                                act.type() + " would wait for API servers that are stopped",
                                next);
            case MEMBER_STOPPED ->
                !need.holds()
                        ? at(act, Rule.PROOF_OF_STOPPED, act.type() + " would wait for members that are stopped", next)
                        : act.effects().clears().contains(Effect.MEMBER_STOPPED)
                                ? at(
                                        act,
                                        Rule.START_BEFORE_STOP,
                                        act.type() + " starts members before every one of them is stopped" + hosts,
                                        next)
                                : at(
                                        act,
                                        Rule.MEMBER_RUNS,
                                        act.type() + " begins while a member may run" + hosts,
                                        next);
            case NEW_DATA ->
                at(act, Rule.NOT_PREPARED, act.type() + " begins before every member has new data" + hosts, next);
            case SWITCHED ->
                at(
                        act,
                        Rule.NOT_SWITCHED,
                        act.type() + " starts members on their old data, although new data is prepared" + hosts,
                        next);
            case PROVEN ->
                at(act, Rule.NO_PROOF, act.type() + " comes without a proof of the restored members" + hosts, next);
            case LOOKED_AT ->
                at(act, Rule.NOT_LOOKED_AT, act.type() + " begins before every member is looked at" + hosts, next);
            case SNAPSHOT_KEPT ->
                at(act, Rule.NO_WAY_BACK, act.type() + " begins, and nothing keeps what the cluster has now", next);
            case COMMITTED -> commit(act, need, later, next);
        };
    }

    private Finding commit(StepEffect act, Need need, Optional<StepEffect> later, String next) {
        if (need.holds()) {
            return later.isPresent()
                    ? at(act, Rule.BEFORE_COMMIT, act.type() + " comes before the commit", next)
                    : at(
                            act,
                            Rule.COMMIT_MISSING,
                            act.type() + " comes behind a switch to new data, and nothing commits",
                            next);
        }
        var commit = board.setter(Effect.COMMITTED, ground.expected(Effect.COMMITTED))
                .map(StepEffect::pointed)
                .orElse("");
        return act.effects().sets().contains(Effect.COMMITTED)
                ? at(act, Rule.COMMIT_TWICE, "this commits a second time, after " + commit, "keep one of the two")
                : at(
                        act,
                        Rule.BEHIND_COMMIT,
                        act.type() + " stands behind the commit, from which a run only goes forward",
                        "move it before " + commit);
    }

    private void checkEnd(Need need) {
        var hosts = ground.expected(need.mark());
        var unmet = unmet(need, hosts);
        var cause = need.holds()
                ? need.once().flatMap(once -> board.setter(once, ground.expected(once)))
                : board.setter(need.mark(), unmet);
        if (unmet.isEmpty() || cause.isEmpty()) {
            return;
        }
        var partial = halfDone(need, hosts, unmet);
        if (partial.isPresent()) {
            findings.accept(leftOut(partial.get(), need.mark().whose(), unmet));
            return;
        }
        var act = cause.get();
        var next = remedies.forEnd(need);
        findings.accept(
                switch (need.mark()) {
                    case COMMITTED ->
                        at(act, Rule.COMMIT_MISSING, "members are switched here, and nothing commits", next);
                    case SWITCHED ->
                        at(act, Rule.LEFT_UNUSED, "new data is prepared here, and no step switches to it", next);
                    case MEMBER_STOPPED, API_STOPPED, LOOKED_AT, SNAPSHOT_KEPT, NEW_DATA, PROVEN ->
                        at(act, Rule.LEFT_STOPPED, act.type() + " stops what no later step starts", next);
                });
    }

    private Finding leftOut(StepEffect act, Whose whose, Set<String> hosts) {
        var isMember = whose == Whose.MEMBERS;
        var rule = isMember ? Rule.MEMBER_LEFT_OUT : Rule.API_SERVER_LEFT_OUT;
        var what = isMember ? "a member" : "an API server";
        var reason = act.step().runOnce()
                ? "run_once is for one host: take it away"
                : act.step().when().isPresent()
                        ? "see its hosts and its condition"
                        : "let its hosts cover the group " + (isMember ? LintScope.ETCD : LintScope.CONTROL_PLANE)
                                + ", and leave --limit out";
        return Finding.of(
                rule,
                act,
                act.hostsPosition(),
                act.type() + " leaves out " + String.join(", ", hosts)
                        + (ground.knowsHosts() ? ", where " + what + " runs" : ""),
                reason);
    }

    private Finding at(StepEffect act, Rule rule, String summary, String next) {
        return Finding.of(rule, act, act.position(), summary, next);
    }

    /** The hosts concerned, where their names are known. */
    private String shown(Effect mark, Set<String> hosts) {
        var known = ground.knowsHosts() && mark.whose() != Whose.CLUSTER
                ? hosts.stream()
                        .filter(host -> !host.equals(LintScope.SOMEBODY))
                        .toList()
                : List.<String>of();
        return known.isEmpty() ? "" : ": " + String.join(", ", known);
    }
}
