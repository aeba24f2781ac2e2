package dev.runbook.cli.apply;

import dev.runbook.execute.RunOutcome;
import dev.runbook.model.Failure;
import dev.runbook.plan.Staleness;
import dev.runbook.survey.ClusterSurvey;
import java.time.Clock;
import java.util.List;

/** A check of the hosts right before the first action, because they may have changed between the plan and its confirmation. */
record PreApplyCheck(PlanPreparation.Result.Ready ready, Clock clock, RunView view) {
    List<RunOutcome.Leftover> stale() {
        var plan = ready.plan();
        var answered = view.checks(ready.fleet().nodes().keySet());
        var used = RunsOnNodes.begun(ready.fleet(), plan.run().id());
        if (!used.isEmpty()) {
            return used;
        }
        return switch (ClusterSurvey.survey(ready.fleet(), plan.facts().groups(), clock, answered)) {
            case ClusterSurvey.Result.Unreachable(var problems, var _) ->
                problems.stream()
                        .map(problem -> reason("a host", problem.summary()))
                        .toList();
            case ClusterSurvey.Result.Surveyed(var now) ->
                Staleness.of(plan, ready.fingerprints(), now).stream()
                        .map(change -> reason(change.host(), change.what()))
                        .toList();
        };
    }

    private static RunOutcome.Leftover reason(String host, String what) {
        return new RunOutcome.Leftover(
                host, "pre-apply check", "keep the plan", Failure.of(what + " since the plan was made; plan again"));
    }
}
