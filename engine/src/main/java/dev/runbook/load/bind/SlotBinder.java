package dev.runbook.load.bind;

import dev.runbook.load.expression.Evaluated;
import dev.runbook.load.expression.Scope;
import dev.runbook.load.source.Surroundings;
import dev.runbook.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Evaluates slots for one host. */
final class SlotBinder {
    private final Scope scope;
    private final Surroundings surroundings;
    private final Consumer<Problem> problems;

    SlotBinder(Scope scope, Surroundings surroundings, Consumer<Problem> problems) {
        this.scope = scope;
        this.surroundings = surroundings;
        this.problems = problems;
    }

    /** Empty when a problem was reported. */
    Optional<Object> bind(Slot slot) {
        return switch (slot) {
            case Slot.Ready(var value) -> Optional.of(value);
            case Slot.Computed computed -> computed(computed);
            case Slot.Wrapped(var inner) -> bind(inner).map(Optional::of);
            case Slot.Items(var items) -> all(items).map(List::copyOf);
            case Slot.Keyed(var entries) -> {
                Map<String, Object> values = new LinkedHashMap<>();
                entries.forEach((name, inner) -> bind(inner).ifPresent(value -> values.put(name, value)));
                yield values.size() < entries.size() ? Optional.empty() : Optional.of(values);
            }
            case Slot.Built(var shape, var components, var position) ->
                all(components).flatMap(values -> switch (Construction.of(shape, values, position)) {
                    case Construction.Made(var made) -> Optional.of(made);
                    case Construction.Refused(var problem) ->
                        refuse(problem.withSummary("on host " + scope.host().name() + ": " + problem.summary()));
                });
        };
    }

    private Optional<List<Object>> all(List<Slot> slots) {
        List<Object> values = new ArrayList<>();
        slots.forEach(slot -> bind(slot).ifPresent(values::add));
        return values.size() < slots.size() ? Optional.empty() : Optional.of(values);
    }

    private Optional<Object> computed(Slot.Computed slot) {
        var position = slot.template().scalar().position();
        return switch (slot.template().evaluate(scope)) {
            case Evaluated.Failed(var problem) -> refuse(problem);
            case Evaluated.Missing() when slot.shape() instanceof Shape.OptionalShape -> Optional.of(Optional.empty());
            case Evaluated.Missing() ->
                refuse(Problem.at(
                        position, "missing-value", "a value is required here, but the expression gives none", ""));
            case Evaluated.Value(var value) ->
                switch (Conversion.of(value, slot.shape(), surroundings)) {
                    case Conversion.Done(var done) -> Optional.of(done);
                    case Conversion.Refused(var code, var summary, var next) ->
                        refuse(Problem.at(
                                position, code, "on host " + scope.host().name() + ": " + summary, next));
                };
        };
    }

    private Optional<Object> refuse(Problem problem) {
        problems.accept(problem);
        return Optional.empty();
    }
}
