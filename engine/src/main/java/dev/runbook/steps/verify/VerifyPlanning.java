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
        if (parameters.etcd() && member.isPresent()) {
            verifyMember(member.get());
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
        var first = context.stepHosts().stream()
                .filter(host -> context.cluster().of(host).member().isPresent())
                .findFirst();
        if (first.isPresent() && first.get().equals(context.host())) {
            var members = context.stepHosts().stream()
                    .flatMap(host -> context.cluster().of(host).member().stream())
                    .map(MemberAddress::reachableFromOthers)
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
