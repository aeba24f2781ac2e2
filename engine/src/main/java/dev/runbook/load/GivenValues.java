package dev.runbook.load;

import dev.runbook.load.Request.GivenText;
import dev.runbook.load.source.Surroundings;
import dev.runbook.load.source.TextFile;
import dev.runbook.model.Problem;
import dev.runbook.yaml.Dialect;
import dev.runbook.yaml.YamlDocument;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The values given on the command line, by name; later ones override earlier ones. */
final class GivenValues {
    /** Prefix of Ansible's own variables. They are for hosts, and override the inventories. */
    static final String HOST_VARIABLE = "ansible_";

    /** A value and how it was given. */
    sealed interface Given {
        /** {@code name=value}: a text to be read as the input's type. */
        record Raw(String text, String origin) implements Given {}

        /** From a file or an inline mapping. */
        record Typed(Scalar key, YamlValue value) implements Given {}
    }

    private final Surroundings surroundings;
    private final Consumer<Problem> problems;
    private final Map<String, Given> values = new LinkedHashMap<>();

    GivenValues(List<GivenText> texts, Surroundings surroundings, Consumer<Problem> problems) {
        this.surroundings = surroundings;
        this.problems = problems;
        texts.forEach(this::add);
    }

    /** The values for the runbook's inputs. */
    Map<String, Given> forInputs() {
        Map<String, Given> inputs = new LinkedHashMap<>(values);
        inputs.keySet().removeIf(name -> name.startsWith(HOST_VARIABLE));
        return inputs;
    }

    /** The values for every host. */
    Map<String, YamlValue> forHosts() {
        Map<String, YamlValue> variables = new LinkedHashMap<>();
        values.forEach((name, given) -> {
            if (name.startsWith(HOST_VARIABLE)) {
                variables.put(
                        name,
                        switch (given) {
                            case Given.Raw(var text, var origin) -> YamlDocument.text(origin, text);
                            case Given.Typed(var key, var value) -> value;
                        });
            }
        });
        return variables;
    }

    private void add(GivenText given) {
        var text = given.text().strip();
        var equals = text.indexOf('=');
        if (text.startsWith("@")) {
            var path = surroundings.resolve(text.substring(1));
            switch (TextFile.read(path, text.substring(1))) {
                case TextFile.Unreadable(var problem) -> problems.accept(problem);
                case TextFile.Text(var name, var content) -> mapping(name, content);
            }
        } else if (text.startsWith("{")) {
            mapping(given.origin(), text);
        } else if (equals > 0) {
            values.put(text.substring(0, equals).strip(), new Given.Raw(text.substring(equals + 1), given.origin()));
        } else {
            problems.accept(Problem.ofCall(
                    "given-value",
                    given.origin() + " takes name=value, not \"" + text + "\"",
                    "or @file.yml, or a mapping such as '{name: value}'"));
        }
    }

    private void mapping(String file, String content) {
        var document = YamlDocument.parse(file, content, Dialect.INVENTORY);
        document.problems().forEach(problems);
        document.root().ifPresent(root -> {
            if (root instanceof Mapping mapping) {
                mapping.entries()
                        .forEach(entry -> values.put(entry.name(), new Given.Typed(entry.key(), entry.value())));
            } else if (!(root instanceof Scalar scalar && scalar.isNull())) {
                problems.accept(Problem.at(
                        root.position(),
                        "given-value",
                        "values are a mapping of inputs, but this is " + root.described(),
                        "write name: value"));
            }
        });
    }
}
