package dev.runbook.load.bind;

import dev.runbook.load.expression.TemplateReader;
import dev.runbook.load.source.Surroundings;
import dev.runbook.model.Problem;
import dev.runbook.step.StepType;
import dev.runbook.step.ValueType;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Entry;
import java.util.Optional;
import java.util.function.Consumer;

/** Binds calls of step types, and single values. */
public final class Binder {
    private final Surroundings surroundings;
    private final Consumer<Problem> problems;

    public Binder(Surroundings surroundings, Consumer<Problem> problems) {
        this.surroundings = surroundings;
        this.problems = problems;
    }

    /** Empty when a problem was reported. */
    public <P extends Record> Optional<StepCall<P>> call(
            StepType<P> type, Entry entry, TemplateReader templates, int step) {
        var slots = new SlotReader(Optional.of(templates), step, surroundings, problems);
        var shape = Shapes.ofRecord(type.parameters());
        var place = entry.key().position();
        return new RecordReader(slots, problems)
                .read(shape, entry.value(), place, type.name())
                .map(slot -> new StepCall<>(type, slot, entry, surroundings));
    }

    /** A value without expressions; empty when a problem was reported. */
    public Optional<Object> value(YamlValue value, ValueType type) {
        return new SlotReader(Optional.empty(), 0, surroundings, problems)
                .read(value, Shapes.of(type))
                .flatMap(SlotReader::ready);
    }
}
