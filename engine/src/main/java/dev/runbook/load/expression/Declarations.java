package dev.runbook.load.expression;

import dev.runbook.step.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that expressions of one runbook may use.
 *
 * @param values by qualified name
 * @param unknownSteps ids of steps whose type is itself a problem, so that their outputs are unknown
 */
public record Declarations(Map<String, Declared> values, Set<String> unknownSteps) {
    /**
     * A declared name.
     *
     * @param availableFrom the index of the first step that may use it
     */
    public record Declared(ExpressionType type, int availableFrom) {
        boolean isSecret() {
            return type instanceof ExpressionType.Known(var known, var mayBeMissing) && known == ValueType.SECRET;
        }
    }

    private static final ExpressionType STRING = new ExpressionType.Known(ValueType.STRING, false);

    public Declarations {
        Map<String, Declared> all = new LinkedHashMap<>(values);
        all.put("host.name", new Declared(STRING, 0));
        all.put("host.groups", new Declared(new ExpressionType.Known(ValueType.STRING_LIST, false), 0));
        all.put("run.id", new Declared(STRING, 0));
        values = Map.copyOf(all);
        unknownSteps = Set.copyOf(unknownSteps);
    }

    /** The last parts of the names with this prefix, such as the inputs of {@code inputs.}. */
    List<String> below(String prefix) {
        return values.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()).split("\\.", 2)[0])
                .distinct()
                .sorted()
                .toList();
    }
}
