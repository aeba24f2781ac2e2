package dev.runbook.steps.verify;

import dev.runbook.facts.LiveMember;
import dev.runbook.facts.MemberFacts;
import dev.runbook.model.Probe;
import dev.runbook.model.Problem;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.steps.shared.ApiServerAddress;
import dev.runbook.steps.shared.MemberSilence;
import dev.runbook.steps.shared.RestoredMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Plans the verification on one host. */
final class VerifyPlanning {
    private final Verify.Parameters parameters;
    private final StepContext context;
    private final Duration deadline;
    private final List<Action> actions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    VerifyPlanning(Verify.Parameters parameters, StepContext context) {
        this.parameters = parameters;
        this.context = context;
        this.deadline = context.timeoutOr(Duration.ofMinutes(3));
    }

    StepPlan plan() {
        var member = context.facts().member();
        if (parameters.etcd()) {
            var problem = cannotBeVerified();
            if (problem.isPresent()) {
                return problem.get();
            }
            member.ifPresent(this::verifyMember);
        }
        var reader = member.or(() -> context.cluster().members().stream().findFirst());
        boolean checksKeys =
                !parameters.present().isEmpty() || !parameters.absent().isEmpty();
        if (checksKeys && member.isEmpty()) {
            return StepPlan.Refused.because(Problem.on(
                    context.host(),
                    "no-member",
                    "keys can be checked only on hosts that run a member",
                    "limit hosts of this step to the members"));
        }
        reader.ifPresent(from -> {
            parameters.present().forEach(key -> await(new Probe.KeyPresence(from.access(), key, true)));
            parameters.absent().forEach(key -> await(new Probe.KeyPresence(from.access(), key, false)));
        });
        if (parameters.apiServer()) {
            ApiServerAddress.of(context.facts())
                    .ifPresent(api -> await(
                            new Probe.HttpsOk(api.host(), api.port(), "/readyz", Optional.of(api.authorityFile()))));
        }
        return actions.isEmpty()
                ? StepPlan.Planned.nothing("neither a member nor an API server is configured here")
                : new StepPlan.Planned(actions, Map.of(), notes, List.of(), List.of(), false);
    }

    /** What is known now: that would come out in an outage, or keep a backup from being made. */
    private Optional<StepPlan> cannotBeVerified() {
        if (parameters.members() == Verify.Members.ALL) {
            return MemberSilence.cannotBeAsked(context.facts()).map(StepPlan.Refused::because);
        }
        if (healthy().isEmpty()) {
            var problems = new ArrayList<Problem>();
            problems.add(Problem.ofCall(
                    "no-quorum",
                    "no member that answers knows a leader, so the cluster has no quorum as far as can be seen"
                            + followed(MemberSilence.reasons(context)),
                    running() ? MemberSilence.remedy(context) : "start members until the cluster has a leader"));
            problems.addAll(MemberSilence.unread(context));
            return Optional.of(new StepPlan.Refused(problems));
        }
        return healthy().contains(context.host()) ? Optional.empty() : Optional.of(leftOut());
    }

    /** Whether every member runs all the same. */
    private boolean running() {
        return context.stepHosts().stream()
                .allMatch(host -> MemberSilence.runsSilently(context.cluster().of(host)));
    }

    private static String followed(String reasons) {
        return reasons.isEmpty() ? "" : ": " + reasons;
    }

    private StepPlan leftOut() {
        var why = context.facts().member().isEmpty()
                ? context.facts().problems()
                : List.of(Problem.on(
                        context.host(),
                        "member-not-verified",
                        "its member is left out: "
                                + MemberSilence.reason(context.facts()).orElse("it answers, and knows no leader"),
                        "the others are verified and have quorum; `--strict` makes this an error"));
        return new StepPlan.Planned(
                List.of(),
                Map.of(),
                List.of("left out: its member is not healthy, and the cluster has quorum"),
                List.of(),
                why.stream().map(Problem::asWarning).toList(),
                false);
    }

    /** Hosts of members that answer and know a leader; without quorum there is none. */
    private List<String> healthy() {
        return context.stepHosts().stream()
                .filter(host -> context.cluster()
                        .of(host)
                        .member()
                        .filter(member -> member.live() instanceof LiveMember.Answers answers
                                && answers.leaderId().isPresent())
                        .isPresent())
                .toList();
    }

    /** Hosts whose members must be healthy. */
    private List<String> verified() {
        return parameters.members() == Verify.Members.QUORUM
                ? healthy()
                : context.stepHosts().stream()
                        .filter(host -> context.cluster().of(host).member().isPresent())
                        .toList();
    }

    private void verifyMember(MemberFacts member) {
        var restored = RestoredMember.on(context, member);
        if (restored.isPresent()) {
            var spec = restored.get();
            List<String> alarms = spec.alarms().orElse(List.of());
            var hash = spec.hash().isPresent()
                    ? Optional.of(new Probe.HashAt(spec.revision(), spec.hash().getAsLong()))
                    : Optional.<Probe.HashAt>empty();
            await(new Probe.MemberIs(
                    member.access(),
                    new Probe.Expected(
                                    Optional.of(spec.memberId()),
                                    Optional.of(spec.clusterId()),
                                    OptionalLong.of(spec.revision()),
                                    hash,
                                    true)
                            .tolerating(alarms)));
            if (!alarms.isEmpty()) {
                notes.add("accepts the alarms that the snapshot carries, and no other: " + String.join(", ", alarms)
                        + "; the cluster refuses writes until `etcdctl alarm disarm`");
            }
        } else {
            await(new Probe.MemberIs(member.access(), unchanged(member.live())));
        }
        // Once for all members: each was queried alone, this compares their answers.
        var verified = verified();
        if (verified.getFirst().equals(context.host())) {
            var members = verified.stream()
                    .flatMap(host -> context.cluster().of(host).member().stream())
                    .map(MemberFacts::fromOthers)
                    .toList();
            await(new Probe.MembersAgree(members));
        }
    }

    private static Probe.Expected unchanged(LiveMember live) {
        return switch (live) {
            case LiveMember.Answers answers ->
                new Probe.Expected(
                        Optional.of(answers.memberId()),
                        Optional.of(answers.clusterId()),
                        OptionalLong.of(answers.revision()),
                        Optional.empty(),
                        true);
            case LiveMember.Silent _ -> Probe.Expected.anyone();
        };
    }

    private void await(Probe probe) {
        actions.add(new Await(probe, deadline, Direction.FORWARD));
    }
}
