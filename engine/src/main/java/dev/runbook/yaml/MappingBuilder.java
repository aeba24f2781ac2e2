package dev.runbook.yaml;

import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlValue.Entry;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import dev.runbook.yaml.YamlValue.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Converts pairs to the entries of a mapping: keys are text, each occurs once, and Ansible's {@code <<} merges. */
final class MappingBuilder {
    record Pair(YamlValue key, YamlValue value) {}

    private final Dialect dialect;
    private final Consumer<Problem> problems;

    MappingBuilder(Dialect dialect, Consumer<Problem> problems) {
        this.dialect = dialect;
        this.problems = problems;
    }

    List<Entry> entries(List<Pair> pairs) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<Mapping> merged = new ArrayList<>();
        for (var pair : pairs) {
            switch (pair.key()) {
                case Scalar key when dialect == Dialect.INVENTORY && key.text().equals("<<") -> merge(pair, merged);
                case Scalar key -> add(new Entry(key, pair.value()), entries);
                case Mapping key ->
                    problems.accept(Problem.at(
                            key.position(),
                            "yaml-key",
                            "a mapping cannot be a key",
                            "quote the value if it begins with {{, as in \"{{ name }}\""));
                case Sequence key ->
                    problems.accept(Problem.at(key.position(), "yaml-key", "a list cannot be a key", "quote the key"));
            }
        }
        for (var mapping : merged) {
            mapping.entries().forEach(entry -> entries.putIfAbsent(entry.name(), entry));
        }
        return List.copyOf(entries.values());
    }

    private void add(Entry entry, Map<String, Entry> entries) {
        var first = entries.putIfAbsent(entry.name(), entry);
        if (first != null) {
            problems.accept(Problem.at(
                    entry.key().position(),
                    "duplicate-key",
                    "the key \"" + entry.name() + "\" is given twice; first in line "
                            + first.key().position().line() + ", column "
                            + first.key().position().column(),
                    "keep one of the two"));
        }
    }

    private void merge(Pair pair, List<Mapping> merged) {
        switch (pair.value()) {
            case Mapping mapping -> merged.add(mapping);
            case Sequence sequence -> sequence.items().forEach(item -> merge(new Pair(pair.key(), item), merged));
            case Scalar scalar ->
                problems.accept(Problem.at(
                        scalar.position(),
                        "yaml-merge",
                        "<< merges a mapping, but this is " + scalar.described(),
                        "give an alias of a mapping"));
        }
    }
}
