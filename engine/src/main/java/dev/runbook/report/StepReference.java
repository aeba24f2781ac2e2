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

/** What there is to know of a step type, from the type itself. The reference in docs/ is made of this. */
public final class StepReference {
    private StepReference() {}

    public static List<String> of(StepType<?> type) {
        var lines = new ArrayList<String>();
        lines.add("## " + type.name());
        lines.add("");
        lines.add(type.summary());
        var fields = type.parameters().getRecordComponents();
        if (fields.length > 0) {
            lines.add("");
            lines.add("| field | type | default | meaning |");
            lines.add("|---|---|---|---|");
            Arrays.stream(fields).map(StepReference::row).forEach(lines::add);
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

    private static String row(RecordComponent field) {
        var doc = field.getAnnotation(Doc.class);
        var fallback = field.getAnnotation(Default.class);
        return "| `%s` | %s | %s | %s |"
                .formatted(
                        snakeCase(field.getName()),
                        typeName(field.getGenericType()),
                        fallback != null ? "`" + fallback.value() + "`" : required(field) ? "required" : "",
                        doc == null ? "" : doc.value());
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
