package dev.runbook.schema;

import dev.runbook.load.Vocabulary;
import dev.runbook.load.bind.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The schema of an input's declaration: its type alone, or a mapping. */
final class InputSchema {
    private InputSchema() {}

    static Map<String, Object> of() {
        return SchemaJson.object(
                "anyOf", List.of(SchemaJson.object("enum", List.copyOf(Vocabulary.inputTypes())), declaration()));
    }

    private static Map<String, Object> declaration() {
        List<Map<String, Object>> conditions = new ArrayList<>();
        Vocabulary.inputTypes().forEach(type -> conditions.add(defaultOf(type)));
        conditions.add(requiredHasNoDefault());
        return SchemaJson.object(
                "type",
                "object",
                "additionalProperties",
                false,
                "properties",
                SchemaJson.object(
                        "type", SchemaJson.object("enum", withNothing(), "default", "string"),
                        "required",
                                SchemaJson.described(
                                        "Whether the command line must give it; without a default it must.",
                                        SchemaJson.types("boolean", "null")),
                        "default", SchemaJson.described("Its value when the command line gives none.", Map.of()),
                        "description", SchemaJson.reference("text"),
                        "choices",
                                SchemaJson.described(
                                        "The only values that it may have.",
                                        SchemaJson.object(
                                                "type",
                                                List.of("array", "null"),
                                                "items",
                                                SchemaJson.types("string", "number")))),
                "allOf",
                conditions);
    }

    private static List<Object> withNothing() {
        List<Object> types = new ArrayList<>(Vocabulary.inputTypes());
        types.add(null);
        return types;
    }

    private static Map<String, Object> defaultOf(String type) {
        var named = SchemaJson.object(
                "properties", SchemaJson.object("type", SchemaJson.object("const", type)), "required", List.of("type"));
        var isString = type.equals("string");
        // An input without a type is a text.
        var applies = isString
                ? SchemaJson.object(
                        "properties",
                        SchemaJson.object("type", SchemaJson.object("enum", java.util.Arrays.asList(type, null))))
                : named;
        var plain = SchemaJson.anyOf(List.of(ShapeSchema.literal(shape(type)), SchemaJson.types("null")));
        return SchemaJson.object(
                "if",
                applies,
                "then",
                SchemaJson.object(
                        "properties",
                        SchemaJson.object(
                                "default",
                                SchemaJson.object(
                                        "allOf", List.of(plain, SchemaJson.object("not", SchemaJson.EXPRESSION))))));
    }

    private static Shape shape(String type) {
        return switch (type) {
            case "int" -> new Shape.IntegerShape(false);
            case "bool" -> new Shape.BooleanShape();
            case "duration" -> new Shape.DurationShape();
            case "path" -> new Shape.PathShape();
            case "secret" -> new Shape.SecretShape();
            case "list" -> new Shape.ListShape(new Shape.StringShape());
            default -> new Shape.StringShape();
        };
    }

    private static Map<String, Object> requiredHasNoDefault() {
        return SchemaJson.object(
                "if",
                SchemaJson.object(
                        "properties",
                        SchemaJson.object("required", SchemaJson.object("const", true)),
                        "required",
                        List.of("required")),
                "then",
                SchemaJson.object("properties", SchemaJson.object("default", SchemaJson.types("null"))));
    }
}
