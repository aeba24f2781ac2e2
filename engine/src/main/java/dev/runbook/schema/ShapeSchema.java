package dev.runbook.schema;

import dev.runbook.load.bind.Shape;
import dev.runbook.step.Durations;
import dev.runbook.yaml.Dialect;
import dev.runbook.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Schemas of parameters, from their shapes. They accept an expression where the loader does. */
final class ShapeSchema {
    private ShapeSchema() {}

    static Map<String, Object> of(Shape shape) {
        return switch (shape) {
            case Shape.OptionalShape(var inner) -> SchemaJson.orNothing(of(inner));
            case Shape.RecordShape fields -> SchemaJson.orExpression(SchemaJson.anyOf(forms(fields)));
            case Shape.StringShape(),
                    Shape.BooleanShape(),
                    Shape.DurationShape(),
                    Shape.PathShape(),
                    Shape.SecretShape() -> expressible(shape);
            case Shape.IntegerShape whole -> expressible(whole);
            case Shape.EnumShape choice -> expressible(choice);
            case Shape.ListShape many -> expressible(many);
            case Shape.MapShape named -> expressible(named);
        };
    }

    private static Map<String, Object> expressible(Shape shape) {
        return SchemaJson.orExpression(literal(shape));
    }

    /** A value that is not itself an expression. */
    static Map<String, Object> literal(Shape shape) {
        return switch (shape) {
            case Shape.StringShape() -> SchemaJson.types("string", "number");
            case Shape.BooleanShape() -> SchemaJson.types("boolean");
            case Shape.IntegerShape(var isInt) ->
                isInt
                        ? SchemaJson.object(
                                "type", "integer", "minimum", Integer.MIN_VALUE, "maximum", Integer.MAX_VALUE)
                        : SchemaJson.object("type", "integer", "minimum", Long.MIN_VALUE, "maximum", Long.MAX_VALUE);
            case Shape.DurationShape() -> SchemaJson.reference("duration");
            case Shape.PathShape() -> SchemaJson.reference("path");
            case Shape.SecretShape() -> SchemaJson.types("string", "number", "boolean");
            case Shape.EnumShape(var names) -> SchemaJson.object("enum", List.copyOf(names.keySet()));
            case Shape.ListShape(var item) -> SchemaJson.object("type", "array", "items", of(item));
            case Shape.MapShape(var inner) -> SchemaJson.object("type", "object", "additionalProperties", of(inner));
            case Shape.OptionalShape(var inner) -> SchemaJson.orNothing(literal(inner));
            case Shape.RecordShape fields -> SchemaJson.anyOf(forms(fields));
        };
    }

    /** Schemas of the forms of a record: its fields, or the value of its only required field, or null. */
    static List<Map<String, Object>> forms(Shape.RecordShape shape) {
        List<Map<String, Object>> forms = new ArrayList<>();
        forms.add(fields(shape));
        shape.shorthand()
                .map(Shape.Field::shape)
                .filter(ShapeSchema::isWrittenPlain)
                .ifPresent(only -> forms.add(of(only)));
        if (shape.fields().stream().noneMatch(Shape.Field::isRequired)) {
            forms.add(SchemaJson.types("null"));
        }
        return forms;
    }

    /** Whether the shorthand form is allowed: a mapping always gives the fields of the record itself. */
    private static boolean isWrittenPlain(Shape shape) {
        return switch (shape) {
            case Shape.MapShape named -> false;
            case Shape.RecordShape fields -> false;
            case Shape.StringShape(),
                    Shape.BooleanShape(),
                    Shape.DurationShape(),
                    Shape.PathShape(),
                    Shape.SecretShape() -> true;
            case Shape.IntegerShape whole -> true;
            case Shape.EnumShape choice -> true;
            case Shape.OptionalShape maybe -> true;
            case Shape.ListShape many -> true;
        };
    }

    private static Map<String, Object> fields(Shape.RecordShape shape) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (var field : shape.fields()) {
            properties.put(field.name(), field(field));
            if (field.isRequired()) {
                required.add(field.name());
            }
        }
        var object = SchemaJson.object("type", "object", "additionalProperties", false, "properties", properties);
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        return object;
    }

    private static Map<String, Object> field(Shape.Field field) {
        var schema = SchemaJson.described(
                field.doc(), field.isRequired() ? of(field.shape()) : SchemaJson.orNothing(of(field.shape())));
        field.fallback().ifPresent(text -> schema.put("default", value(text)));
        return schema;
    }

    private static Object value(String yaml) {
        return Objects.requireNonNull(YamlDocument.parse("default", yaml, Dialect.RUNBOOK)
                .root()
                .orElseThrow()
                .plain());
    }

    /** Definitions that {@code $ref}s of these schemas refer to. */
    static Map<String, Object> definitions() {
        return SchemaJson.object(
                "expression",
                SchemaJson.object(
                        "description",
                        "CEL between ${{ and }}; its type is checked when the runbook is loaded.",
                        "type",
                        "string",
                        "pattern",
                        "\\$\\{\\{"),
                "duration",
                SchemaJson.object(
                        "description",
                        "A duration with its unit: 500ms, 90s, 10m, 1h30m.",
                        "type",
                        "string",
                        "pattern",
                        Durations.regex()),
                "path",
                SchemaJson.object(
                        "description",
                        "A file on this machine; a relative path is relative to the current folder.",
                        "type",
                        "string",
                        "pattern",
                        "^(?![a-z][a-z0-9+.-]*://)[\\s\\S]*\\S"));
    }
}
