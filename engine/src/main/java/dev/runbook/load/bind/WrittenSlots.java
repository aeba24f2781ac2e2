package dev.runbook.load.bind;

import dev.runbook.load.expression.Evaluated;
import dev.runbook.load.expression.Scope;
import dev.runbook.load.expression.Template;
import dev.runbook.step.WrittenParameter;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Mapping;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Converts slots to the parameters that step types get before any host is known. */
final class WrittenSlots {
    private final Map<String, Object> inputs;

    WrittenSlots(Map<String, Object> inputs) {
        this.inputs = inputs;
    }

    /** @param value as written, which shows the fields with default values */
    WrittenParameter fields(Shape.RecordShape shape, Slot slot, YamlValue value) {
        Map<String, WrittenParameter> fields = new LinkedHashMap<>();
        var components = components(shape, slot);
        for (var index = 0; index < components.size(); index++) {
            var field = shape.fields().get(index);
            var isDefault = field.fallback().isPresent()
                    && !(value instanceof Mapping mapping
                            && mapping.find(field.name()).isPresent());
            fields.put(field.name(), of(components.get(index), isDefault));
        }
        return new WrittenParameter.Named(fields);
    }

    private static List<Slot> components(Shape.RecordShape shape, Slot slot) {
        return switch (slot) {
            case Slot.Built(var of, var components, var position) -> components;
            case Slot.Ready(Record made) -> {
                List<Slot> components = new ArrayList<>();
                for (var component : shape.type().getRecordComponents()) {
                    components.add(new Slot.Ready(value(component, made)));
                }
                yield components;
            }
            // A whole step cannot be an expression, so no other slot is possible.
            case Slot.Ready(var other) -> List.of();
            case Slot.Computed computed -> List.of();
            case Slot.Items items -> List.of();
            case Slot.Keyed keyed -> List.of();
            case Slot.Wrapped wrapped -> List.of();
        };
    }

    private WrittenParameter of(Slot slot, boolean isDefault) {
        return switch (slot) {
            case Slot.Ready(var value) -> known(value, isDefault);
            case Slot.Computed(var template, var shape) -> computed(template);
            case Slot.Wrapped(var inner) -> of(inner, isDefault);
            case Slot.Items(var items) ->
                new WrittenParameter.Many(
                        items.stream().map(item -> of(item, false)).toList());
            case Slot.Keyed(var entries) -> {
                Map<String, WrittenParameter> fields = new LinkedHashMap<>();
                entries.forEach((name, entry) -> fields.put(name, of(entry, false)));
                yield new WrittenParameter.Named(fields);
            }
            case Slot.Built built -> fields(built.shape(), built, new Mapping(built.position(), List.of()));
        };
    }

    private static WrittenParameter known(Object value, boolean isDefault) {
        return switch (value) {
            case Optional<?> optional ->
                optional.map(inner -> known(inner, isDefault)).orElse(new WrittenParameter.Absent());
            case List<?> list ->
                new WrittenParameter.Many(
                        list.stream().map(item -> known(item, isDefault)).toList());
            case Map<?, ?> map -> {
                Map<String, WrittenParameter> fields = new LinkedHashMap<>();
                map.forEach((name, item) -> fields.put(String.valueOf(name), known(item, isDefault)));
                yield new WrittenParameter.Named(fields);
            }
            case Record made -> {
                Map<String, WrittenParameter> fields = new LinkedHashMap<>();
                for (var component : made.getClass().getRecordComponents()) {
                    fields.put(Shapes.yamlName(component.getName()), known(value(component, made), isDefault));
                }
                yield new WrittenParameter.Named(fields);
            }
            default -> new WrittenParameter.Known(value, isDefault);
        };
    }

    /** Known when the expression uses only inputs, and they have values. */
    private WrittenParameter computed(Template template) {
        var open = new WrittenParameter.Computed(template.scalar().text(), template.references());
        var isKnown = template.references().stream()
                .allMatch(name -> name.startsWith("inputs.") && inputs.containsKey(name.substring("inputs.".length())));
        return isKnown && template.evaluate(Scope.ofInputs(inputs)) instanceof Evaluated.Value(var value)
                ? known(value, false)
                : open;
    }

    private static Object value(RecordComponent component, Record made) {
        try {
            var accessor = component.getAccessor();
            // Records of step types need not be public.
            accessor.setAccessible(true);
            return accessor.invoke(made);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot read " + component, impossible);
        }
    }
}
