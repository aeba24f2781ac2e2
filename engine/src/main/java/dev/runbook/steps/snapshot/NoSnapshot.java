package dev.runbook.steps.snapshot;

import dev.runbook.model.Problem;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.steps.shared.MemberSilence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The step where no member answers. */
record NoSnapshot(Snapshot.Parameters parameters, StepContext context) {
    /** Code of a safety snapshot that is not taken although a member has data to be kept. */
    private static final String NOT_KEPT = "no-safety-snapshot";

    StepPlan plan() {
        var running = context.stepHosts().stream()
                .filter(host -> MemberSilence.runsSilently(context.cluster().of(host)))
                .toList();
        if (!parameters.ifPossible()) {
            return refused(running);
        }
        if (running.isEmpty()) {
            return without("no member answers, so no snapshot is saved", List.of());
        }
        var problem = Problem.ofCall(
                NOT_KEPT,
                "etcd runs on " + String.join(", ", running)
                        + " and no member can be asked for a snapshot, so nothing of"
                        + " the cluster's present data would be kept on this machine: "
                        + MemberSilence.reasons(context),
                "let one of them answer, or accept that with -e 'allow=[\"" + NOT_KEPT + "\"]' (allow: on this step)");
        return parameters.allow().contains(NOT_KEPT)
                ? without("NO SNAPSHOT IS SAVED, although etcd runs: no member answers", List.of(problem.asWarning()))
                : StepPlan.Refused.because(problem);
    }

    private static StepPlan without(String note, List<Problem> warnings) {
        return new StepPlan.Planned(List.of(), Map.of("path", ""), List.of(note), List.of(), warnings, false);
    }

    /** With what the survey knows of hosts whose member is not even recognized. */
    private StepPlan refused(List<String> running) {
        var problems = new ArrayList<Problem>();
        problems.add(Problem.ofCall(
                "no-member-answers",
                "no member answers, so no snapshot can be saved: " + MemberSilence.reasons(context),
                running.isEmpty() && MemberSilence.unread(context).isEmpty()
                        ? "start etcd, or set if_possible when the run may continue without a snapshot"
                        : MemberSilence.remedy(context)));
        problems.addAll(MemberSilence.unread(context));
        return new StepPlan.Refused(problems);
    }
}
