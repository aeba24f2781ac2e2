package dev.runbook.plan;

import dev.runbook.load.Loaded;
import dev.runbook.load.Step;
import dev.runbook.load.bind.StepCall;
import dev.runbook.load.expression.Bound;
import dev.runbook.load.expression.Scope;
import dev.runbook.model.Problem;
import dev.runbook.step.LocalFiles;
import dev.runbook.step.Snapshots;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Problems of the files of this machine that steps name, known before any host is asked. */
public final class InputFiles {
    private InputFiles() {}

    /** Each problem once; a step whose parameters depend on hosts or earlier steps is left to the plan. */
    public static List<Problem> problems(Loaded.Ok loaded, Snapshots snapshots, LocalFiles files) {
        Set<Problem> found = new LinkedHashSet<>();
        for (var step : loaded.steps()) {
            for (var host : loaded.hostsOf(step)) {
                var scope = new Scope(host, loaded.inputs(), Map.of(), "");
                if (applies(step, scope)) {
                    found.addAll(of(step.call(), scope, snapshots, files));
                }
            }
        }
        return List.copyOf(found);
    }

    private static boolean applies(Step step, Scope scope) {
        return step.when()
                .map(condition -> condition.holds(scope) instanceof Bound.Ok<Boolean>(Boolean holds) && holds)
                .orElse(true);
    }

    private static <P extends Record> List<Problem> of(
            StepCall<P> call, Scope scope, Snapshots snapshots, LocalFiles files) {
        return call.bind(scope) instanceof Bound.Ok<P>(P parameters)
                ? call.type().fileProblems(parameters, snapshots, files)
                : List.of();
    }
}
