package dev.runbook.load.bind;

import dev.runbook.load.expression.Bound;
import dev.runbook.load.expression.Scope;
import dev.runbook.load.source.Surroundings;
import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.step.StepType;
import java.util.ArrayList;
import java.util.Set;

/**
 * A step type with its parameters, checked as far as they can be without a host.
 *
 * @param <P> the parameters of the type
 */
public final class StepCall<P extends Record> {
    private final StepType<P> type;
    private final Slot parameters;
    private final Position position;
    private final Surroundings surroundings;

    StepCall(StepType<P> type, Slot parameters, Position position, Surroundings surroundings) {
        this.type = type;
        this.parameters = parameters;
        this.position = position;
        this.surroundings = surroundings;
    }

    public StepType<P> type() {
        return type;
    }

    /** Of the step type's key, for problems that the type itself reports. */
    public Position position() {
        return position;
    }

    /** The qualified names that its expressions use. */
    public Set<String> references() {
        return parameters.references();
    }

    /** The parameters on one host. */
    public Bound<P> bind(Scope scope) {
        var problems = new ArrayList<Problem>();
        return new SlotBinder(scope, surroundings, problems::add)
                .bind(parameters)
                .<Bound<P>>map(value -> new Bound.Ok<>(type.parameters().cast(value)))
                .orElseGet(() -> new Bound.Failed<>(problems));
    }

    @Override
    public String toString() {
        return type.name() + " at " + position;
    }
}
