package dev.runbook;

import dev.runbook.step.Doc;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schema (2020-12) of records as dev.runbook.json writes them, from the records themselves. */
public final class RecordSchema {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Function<Enum<?>, String> word;
    private final SequencedMap<String, ObjectNode> definitions = new TreeMap<>();

    /**
     * For one document.
     *
     * @param word how an enum's constant is written
     */
    public RecordSchema(Function<Enum<?>, String> word) {
        this.word = word;
    }

    /** Definitions of all that was described so far, by name. */
    public SequencedMap<String, ObjectNode> definitions() {
        return definitions;
    }

    /** A record as an object, its components being properties. */
    public ObjectNode object(Class<?> type) {
        var schema = MAPPER.createObjectNode().put("type", "object");
        Optional.ofNullable(type.getAnnotation(Doc.class)).ifPresent(doc -> schema.put("description", doc.value()));
        var properties = schema.putObject("properties");
        var required = schema.putArray("required");
        for (var component : type.getRecordComponents()) {
            properties.set(component.getName(), described(component));
            if (!optional(component.getGenericType())) {
                required.add(component.getName());
            }
        }
        return schema;
    }

    private ObjectNode described(RecordComponent component) {
        var schema = of(component.getGenericType());
        Optional.ofNullable(component.getAnnotation(Doc.class))
                .ifPresent(doc -> schema.put("description", doc.value()));
        return schema;
    }

    private static boolean optional(Type type) {
        var raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
        return ((Class<?>) raw).getSimpleName().startsWith("Optional");
    }

    private ObjectNode of(Type type) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            return switch (((Class<?>) generic.getRawType()).getSimpleName()) {
                case "Optional" -> of(arguments[0]);
                case "List" -> MAPPER.createObjectNode().put("type", "array").set("items", of(arguments[0]));
                case "Map" ->
                    MAPPER.createObjectNode().put("type", "object").set("additionalProperties", of(arguments[1]));
                default -> throw new IllegalArgumentException("nothing is known of " + type);
            };
        }
        return plain((Class<?>) type);
    }

    private ObjectNode plain(Class<?> type) {
        var schema = MAPPER.createObjectNode();
        if (type.isEnum()) {
            var words = schema.putArray("enum");
            Arrays.stream(type.getEnumConstants()).forEach(constant -> words.add(word.apply((Enum<?>) constant)));
            return schema;
        }
        return switch (type.getSimpleName()) {
            case "String", "Path" -> schema.put("type", "string");
            case "int", "long", "Integer", "OptionalInt", "OptionalLong" -> schema.put("type", "integer");
            case "double", "Double" -> schema.put("type", "number");
            case "boolean" -> schema.put("type", "boolean");
            case "Instant" -> schema.put("type", "string").put("format", "date-time");
            case "Duration" -> schema.put("type", "string").put("format", "duration");
            default -> reference(type);
        };
    }

    private ObjectNode reference(Class<?> type) {
        var name = (type.getEnclosingClass() == null
                        ? ""
                        : type.getEnclosingClass().getSimpleName() + ".")
                + type.getSimpleName();
        if (!definitions.containsKey(name)) {
            definitions.put(name, MAPPER.createObjectNode());
            definitions.put(name, type.isSealed() ? family(type) : object(type));
        }
        return MAPPER.createObjectNode().put("$ref", "#/$defs/" + name);
    }

    private ObjectNode family(Class<?> type) {
        var schema = MAPPER.createObjectNode();
        var members = schema.putArray("oneOf");
        for (var member : List.of(type.getPermittedSubclasses())) {
            var object = object(member);
            ((ObjectNode) object.get("properties")).putObject("kind").put("const", member.getSimpleName());
            object.withArray("required").add("kind");
            members.add(object);
        }
        return schema;
    }
}
