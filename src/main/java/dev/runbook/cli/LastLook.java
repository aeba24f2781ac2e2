package dev.runbook.cli;

import dev.runbook.execute.Outcome;
import dev.runbook.model.Failure;
import dev.runbook.plan.Staleness;
import dev.runbook.survey.ClusterSurvey;
import java.time.Clock;
import java.util.List;

/** The hosts once more, right before the first act: between the plan and the yes anything may have happened. */
record LastLook(Preparation.Result.Ready ready, Clock clock) {
    List<Outcome.Leftover> stale() {
        var plan = ready.plan();
        return switch (ClusterSurvey.look(ready.fleet(), plan.facts().groups(), clock)) {
            case ClusterSurvey.Result.Unreachable(var problems) ->
                problems.stream()
                        .map(problem -> reason("a host", problem.summary()))
                        .toList();
            case ClusterSurvey.Result.Seen(var now) ->
                Staleness.of(plan, ready.fingerprints(), now).stream()
                        .map(change -> reason(change.host(), change.what()))
                        .toList();
        };
    }

    private static Outcome.Leftover reason(String host, String what) {
        return new Outcome.Leftover(
                host, "last look", "hold on to the plan", Failure.of(what + " since the plan was made; plan again"));
    }
}
