package dev.runbook.report.line;

import dev.runbook.lint.Rule;
import dev.runbook.model.Severity;
import dev.runbook.step.Doc;
import java.util.List;
import java.util.Optional;

/** Lines of the reference: step types and lint rules. */
public sealed interface ReferenceLine extends Line {
    @Doc("One step type.")
    record StepType(String name, String summary, List<Field> fields, List<Output> outputs) implements ReferenceLine {}

    @Doc("One field of a step type.")
    record Field(
            String name,
            @Doc("In words, such as list of string.") String fieldType,
            boolean required,
            @Doc("As it would be written in YAML.") Optional<String> fallback,
            String doc) {}

    @Doc("A value that a step type provides to later steps.")
    record Output(String name, String outputType, String doc) {}

    @Doc("One rule that validate checks a runbook against.")
    record LintRule(
            @Doc("Such as RB101.") String code,
            @Doc("In words, such as api-server-runs.") String name,
            Severity severity,

            @Doc("What is wrong where it is broken, in one line.")
            String title,

            @Doc("Why, and the remedy; Markdown.") String doc,
            @Doc("What the check needs to know.") Rule.Knows knows)
            implements ReferenceLine {}
}
