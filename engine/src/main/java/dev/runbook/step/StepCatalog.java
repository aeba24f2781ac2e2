package dev.runbook.step;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The step types that a runbook may use, by name. */
public record StepCatalog(List<StepType<?>> types) {
    public StepCatalog {
        types = List.copyOf(types);
        Map<String, StepType<?>> unique = types.stream().collect(Collectors.toMap(StepType::name, Function.identity()));
        if (unique.size() != types.size()) {
            throw new IllegalArgumentException("two step types share a name");
        }
    }

    public Optional<StepType<?>> find(String name) {
        for (StepType<?> type : types) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    public Collection<String> names() {
        return types.stream().map(StepType::name).sorted().toList();
    }
}
