package dev.runbook.report;

import dev.runbook.step.Default;
import dev.runbook.step.Doc;
import dev.runbook.step.StepType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Markdown reference of a step type, from the type itself. A test generates the page in docs/ from it. */
public final class StepReference {
    private StepReference() {}

    public static List<String> of(StepType<?> type) {
        var lines = new ArrayList<String>();
        lines.add("## " + type.name());
        lines.add("");
        lines.add(type.summary());
        var fields = fields(type);
        if (!fields.isEmpty()) {
            lines.add("");
            lines.add("| field | type | default | meaning |");
            lines.add("|---|---|---|---|");
            fields.stream().map(StepReference::row).forEach(lines::add);
        }
        if (!type.outputs().isEmpty()) {
            lines.add("");
            lines.add("| output | type | meaning |");
            lines.add("|---|---|---|");
            type.outputs()
                    .forEach(output -> lines.add("| `%s` | %s | %s |"
                            .formatted(output.name(), output.type().name().toLowerCase(Locale.ROOT), output.doc())));
        }
        return lines;
    }

    /**
     * A field of a step as it is written in a runbook.
     *
     * @param type in words, such as {@code list of string}
     * @param fallback its value when a runbook leaves it out
     */
    public record Field(String name, String type, boolean required, Optional<String> fallback, String doc) {}

    /** In the order in which the type declares them. */
    public static List<Field> fields(StepType<?> type) {
        return Arrays.stream(type.parameters().getRecordComponents())
                .map(StepReference::field)
                .toList();
    }

    private static Field field(RecordComponent component) {
        var doc = Optional.ofNullable(component.getAnnotation(Doc.class)).map(Doc::value);
        var fallback =
                Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
        return new Field(
                snakeCase(component.getName()),
                typeName(component.getGenericType()),
                fallback.isEmpty() && required(component),
                fallback,
                doc.orElse(""));
    }

    private static String row(Field field) {
        var fallback = field.fallback().map(value -> "`" + value + "`").orElse(field.required() ? "required" : "");
        return "| `%s` | %s | %s | %s |".formatted(field.name(), field.type(), fallback, field.doc());
    }

    private static boolean required(RecordComponent field) {
        return !(field.getGenericType() instanceof ParameterizedType);
    }

    private static String typeName(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            var arguments = parameterized.getActualTypeArguments();
            return switch (((Class<?>) parameterized.getRawType()).getSimpleName()) {
                case "List" -> "list of " + typeName(arguments[0]);
                case "Map" -> "mapping to " + typeName(arguments[1]);
                default -> typeName(arguments[0]);
            };
        }
        var plain = (Class<?>) type;
        if (plain.isEnum()) {
            return String.join(
                    " or ",
                    Arrays.stream(plain.getEnumConstants())
                            .map(constant -> "`"
                                    + ((Enum<?>) constant)
                                            .name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', '-') + "`")
                            .toList());
        }
        return switch (plain.getSimpleName()) {
            case "int", "long" -> "int";
            case "boolean" -> "bool";
            case "Path" -> "path";
            default -> plain.getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
