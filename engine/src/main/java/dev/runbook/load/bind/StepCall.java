package dev.runbook.load.bind;

import dev.runbook.load.expression.Bound;
import dev.runbook.load.expression.Scope;
import dev.runbook.load.source.Surroundings;
import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.step.Effects;
import dev.runbook.step.StepType;
import dev.runbook.step.WrittenParameter;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Entry;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import dev.runbook.yaml.YamlValue.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A step type with its parameters, checked as far as they can be without a host.
 *
 * @param <P> the parameters of the type
 */
public final class StepCall<P extends Record> {
    private final StepType<P> type;
    private final Slot parameters;
    private final Entry entry;
    private final Surroundings surroundings;

    StepCall(StepType<P> type, Slot parameters, Entry entry, Surroundings surroundings) {
        this.type = type;
        this.parameters = parameters;
        this.entry = entry;
        this.surroundings = surroundings;
    }

    public StepType<P> type() {
        return type;
    }

    /** Of the step type's key, for problems that the type itself reports. */
    public Position position() {
        return entry.key().position();
    }

    /** Position of a field, by its path of names; the nearest written parent, else the step. */
    public Position position(List<String> field) {
        var value = entry.value();
        var position = position();
        for (var name : field) {
            var inside = inside(value, name);
            if (inside.isEmpty()) {
                return position;
            }
            value = inside.get();
            position = value.position();
        }
        return position;
    }

    private static Optional<YamlValue> inside(YamlValue value, String name) {
        return switch (value) {
            case Mapping mapping -> mapping.find(name).map(Entry::value);
            case Sequence sequence ->
                name.matches("\\d{1,6}")
                                && Integer.parseInt(name) < sequence.items().size()
                        ? Optional.of(sequence.items().get(Integer.parseInt(name)))
                        : Optional.empty();
            case Scalar scalar -> Optional.empty();
        };
    }

    /**
     * The parameters as far as they are known without any host's facts.
     *
     * @param inputs the inputs that have a value
     */
    public WrittenParameter written(Map<String, Object> inputs) {
        return new WrittenSlots(inputs).fields(Shapes.ofRecord(type.parameters()), parameters, entry.value());
    }

    /** The step's effects, as far as they are known without any host's facts. */
    public Effects effects(Map<String, Object> inputs) {
        return type.effects(written(inputs));
    }

    /** Whether it works on the hosts that can be reached, when others cannot. */
    public boolean toleratesAbsentHosts(Map<String, Object> inputs) {
        return type.toleratesAbsentHosts(written(inputs));
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
        return type.name() + " at " + position();
    }
}
