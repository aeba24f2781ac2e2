package dev.runbook.load.expression;

import dev.runbook.load.inventory.Host;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import dev.runbook.yaml.YamlValue.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host's variables as plain values, without those that are null or that only Ansible can read, at any depth. */
final class HostValues {
    private HostValues() {}

    static Map<String, Object> of(Host host) {
        Map<String, Object> values = new LinkedHashMap<>();
        host.vars().forEach((name, value) -> plain(value).ifPresent(plain -> values.put(name, plain)));
        return values;
    }

    static Optional<Object> plain(YamlValue value) {
        return switch (value) {
            case Scalar scalar when scalar.isOpaque() -> Optional.empty();
            case Scalar scalar -> Optional.ofNullable(scalar.plain());
            case Sequence sequence -> Optional.of(list(sequence));
            case Mapping mapping -> {
                Map<String, Object> values = new LinkedHashMap<>();
                mapping.entries().forEach(entry -> plain(entry.value()).ifPresent(it -> values.put(entry.name(), it)));
                yield Optional.of(values);
            }
        };
    }

    private static List<Object> list(Sequence sequence) {
        return sequence.items().stream().flatMap(item -> plain(item).stream()).toList();
    }
}
