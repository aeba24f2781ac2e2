package dev.runbook.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Parts of a JSON Schema, as plain maps in the order of output. */
final class SchemaJson {
    /** A text that contains an expression, which is checked when the runbook is loaded. */
    static final Map<String, Object> EXPRESSION = Map.of("$ref", "#/$defs/expression");

    private SchemaJson() {}

    /** An object from alternating names and values. */
    static Map<String, Object> object(Object... pairs) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (var index = 0; index < pairs.length; index += 2) {
            object.put((String) pairs[index], pairs[index + 1]);
        }
        return object;
    }

    static Map<String, Object> reference(String definition) {
        return object("$ref", "#/$defs/" + definition);
    }

    static Map<String, Object> types(String... types) {
        return object("type", types.length == 1 ? types[0] : List.of(types));
    }

    static Map<String, Object> anyOf(List<Map<String, Object>> schemas) {
        return schemas.size() == 1 ? schemas.getFirst() : object("anyOf", schemas);
    }

    /** The schema, or null. */
    static Map<String, Object> orNothing(Map<String, Object> schema) {
        return schema.equals(Map.of()) ? schema : anyOf(flattened(schema, types("null")));
    }

    /** The schema, or an expression. */
    static Map<String, Object> orExpression(Map<String, Object> schema) {
        return anyOf(flattened(schema, EXPRESSION));
    }

    private static List<Map<String, Object>> flattened(Map<String, Object> schema, Map<String, Object> more) {
        if (schema.keySet().equals(java.util.Set.of("anyOf")) && schema.get("anyOf") instanceof List<?> alternatives) {
            return Stream.concat(alternatives.stream().map(SchemaJson::asObject), Stream.of(more))
                    .toList();
        }
        return List.of(schema, more);
    }

    private static Map<String, Object> asObject(Object alternative) {
        Map<String, Object> object = new LinkedHashMap<>();
        ((Map<?, ?>) alternative).forEach((name, value) -> object.put(String.valueOf(name), value));
        return object;
    }

    static Map<String, Object> described(String description, Map<String, Object> schema) {
        Map<String, Object> described = new LinkedHashMap<>();
        if (!description.isEmpty()) {
            described.put("description", description);
        }
        described.putAll(schema);
        return described;
    }
}
