package dev.runbook.schema;

import dev.runbook.load.Vocabulary;
import dev.runbook.load.bind.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The schema of an input's declaration: its type alone, or all about it. */
final class InputSchema {
    private InputSchema() {}

    static Map<String, Object> of() {
        return Json.object("anyOf", List.of(Json.object("enum", List.copyOf(Vocabulary.inputTypes())), declaration()));
    }

    private static Map<String, Object> declaration() {
        List<Map<String, Object>> conditions = new ArrayList<>();
        Vocabulary.inputTypes().forEach(type -> conditions.add(defaultOf(type)));
        conditions.add(requiredHasNoDefault());
        return Json.object(
                "type",
                "object",
                "additionalProperties",
                false,
                "properties",
                Json.object(
                        "type", Json.object("enum", withNothing(), "default", "string"),
                        "required",
                                Json.described(
                                        "Whether a call must give it; without a default it must.",
                                        Json.types("boolean", "null")),
                        "default", Json.described("Its value when none is given.", Map.of()),
                        "description", Json.reference("text"),
                        "choices",
                                Json.described(
                                        "The only values it may have.",
                                        Json.object(
                                                "type",
                                                List.of("array", "null"),
                                                "items",
                                                Json.types("string", "number")))),
                "allOf",
                conditions);
    }

    private static List<Object> withNothing() {
        List<Object> types = new ArrayList<>(Vocabulary.inputTypes());
        types.add(null);
        return types;
    }

    private static Map<String, Object> defaultOf(String type) {
        var named =
                Json.object("properties", Json.object("type", Json.object("const", type)), "required", List.of("type"));
        var isString = type.equals("string");
        // An input without a type is a text.
        var applies = isString
                ? Json.object(
                        "properties", Json.object("type", Json.object("enum", java.util.Arrays.asList(type, null))))
                : named;
        var plain = Json.anyOf(List.of(ShapeSchema.literal(shape(type)), Json.types("null")));
        return Json.object(
                "if",
                applies,
                "then",
                Json.object(
                        "properties",
                        Json.object(
                                "default", Json.object("allOf", List.of(plain, Json.object("not", Json.EXPRESSION))))));
    }

    private static Shape shape(String type) {
        return switch (type) {
            case "int" -> new Shape.Whole(false);
            case "bool" -> new Shape.Flag();
            case "duration" -> new Shape.Time();
            case "path" -> new Shape.LocalPath();
            case "secret" -> new Shape.Hidden();
            case "list" -> new Shape.Many(new Shape.Text());
            default -> new Shape.Text();
        };
    }

    private static Map<String, Object> requiredHasNoDefault() {
        return Json.object(
                "if",
                Json.object(
                        "properties",
                        Json.object("required", Json.object("const", true)),
                        "required",
                        List.of("required")),
                "then",
                Json.object("properties", Json.object("default", Json.types("null"))));
    }
}
