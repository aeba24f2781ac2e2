package dev.runbook.plan;

import dev.runbook.load.bind.StepCall;
import dev.runbook.load.expression.Bound;
import dev.runbook.load.expression.Scope;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;

/** Binds a step's parameters for one host and plans the step with its type. */
final class StepPlanning {
    private StepPlanning() {}

    static <P extends Record> StepPlan plan(StepCall<P> call, Scope scope, StepContext context) {
        return switch (call.bind(scope)) {
            case Bound.Failed<P>(var problems) -> new StepPlan.Refused(problems);
            case Bound.Ok<P>(P parameters) -> call.type().plan(parameters, context);
        };
    }
}
