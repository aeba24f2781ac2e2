package dev.runbook.schema;

import dev.runbook.load.Vocabulary;
import dev.runbook.load.bind.Shapes;
import dev.runbook.step.StepCatalog;
import dev.runbook.step.StepType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schema of a runbook: its keys, and a property for each step type with the fields of its parameters. */
public final class RunbookSchema {
    private RunbookSchema() {}

    public static Map<String, Object> of(StepCatalog catalog) {
        Map<String, Object> definitions = new LinkedHashMap<>(ShapeSchema.definitions());
        definitions.put("text", text());
        definitions.put("inputText", SchemaJson.types("string", "number", "null"));
        definitions.put("hosts", hosts());
        definitions.put("allow", allow());
        definitions.put("input", InputSchema.of());
        definitions.put("step", step(catalog));
        for (StepType<?> type : catalog.types()) {
            definitions.put(
                    "step-" + type.name(),
                    SchemaJson.described(
                            type.summary(), SchemaJson.anyOf(ShapeSchema.forms(Shapes.ofRecord(type.parameters())))));
        }
        return SchemaJson.object(
                "$schema",
                "https://json-schema.org/draft/2020-12/schema",
                "title",
                "A runbook",
                "description",
                "Steps on hosts; see docs/runbook-format.md. `runbook validate` checks more than a schema can.",
                "type",
                "object",
                "required",
                List.of("steps"),
                "additionalProperties",
                false,
                "properties",
                properties(),
                "$defs",
                definitions);
    }

    private static Map<String, Object> properties() {
        return SchemaJson.object(
                "name",
                        SchemaJson.described(
                                "Its name in plans and messages; inputs can be used.",
                                SchemaJson.reference("inputText")),
                "description", SchemaJson.described("Purpose of the runbook.", SchemaJson.reference("text")),
                "hosts",
                        SchemaJson.described(
                                "Hosts of every step without hosts of its own.", SchemaJson.reference("hosts")),
                "inputs",
                        SchemaJson.object(
                                "description",
                                "Values that the command line gives with -e name=value.",
                                "type",
                                List.of("object", "null"),
                                "propertyNames",
                                SchemaJson.object("pattern", Vocabulary.nameRegex()),
                                "additionalProperties",
                                SchemaJson.reference("input")),
                "allow", SchemaJson.reference("allow"),
                "steps",
                        SchemaJson.object(
                                "description",
                                "Steps in order; all hosts finish one before any host begins the next.",
                                "type",
                                "array",
                                "minItems",
                                1,
                                "items",
                                SchemaJson.reference("step")));
    }

    /** A text without expressions, which would be shown as text. */
    private static Map<String, Object> text() {
        return SchemaJson.object(
                "type",
                List.of("string", "number", "null"),
                "not",
                SchemaJson.object("type", "string", "pattern", "\\$\\{\\{"));
    }

    private static Map<String, Object> hosts() {
        var pattern = SchemaJson.types("string", "number");
        return SchemaJson.object(
                "description",
                "A pattern over the inventory as in Ansible: groups, hosts, globs, group[0]; & intersects, ! excludes."
                        + " Inputs can be used.",
                "anyOf",
                List.of(
                        SchemaJson.types("string", "number", "null"),
                        SchemaJson.object("type", "array", "minItems", 1, "items", pattern)));
    }

    private static Map<String, Object> allow() {
        var text =
                SchemaJson.object("type", List.of("string", "number"), "pattern", "\\S", "not", SchemaJson.EXPRESSION);
        return SchemaJson.object(
                "description",
                "Rules of `runbook validate` that do not apply here, each with its reason.",
                "type",
                List.of("array", "null"),
                "items",
                SchemaJson.object(
                        "type",
                        "object",
                        "additionalProperties",
                        false,
                        "required",
                        List.of("rule", "reason"),
                        "properties",
                        SchemaJson.object(
                                "rule", SchemaJson.described("Its code or its name.", text),
                                "reason", SchemaJson.described("Why it does not apply here.", text))));
    }

    private static Map<String, Object> step(StepCatalog catalog) {
        var properties = SchemaJson.object(
                "name",
                        SchemaJson.described(
                                "Its name in plans and messages; inputs can be used.",
                                SchemaJson.reference("inputText")),
                "id",
                        SchemaJson.object(
                                "description",
                                "Its name in steps.<id>.<output> of later steps.",
                                "type",
                                List.of("string", "null"),
                                "pattern",
                                Vocabulary.nameRegex()),
                "hosts", SchemaJson.described("A pattern, instead of the runbook's.", SchemaJson.reference("hosts")),
                "when",
                        SchemaJson.described(
                                "A condition in CEL; where it is false the step is skipped on that host.",
                                SchemaJson.types("boolean", "string", "null")),
                "timeout",
                        SchemaJson.described(
                                "Deadline of its waits and programs; inputs can be used.",
                                SchemaJson.orNothing(SchemaJson.orExpression(SchemaJson.reference("duration")))),
                "run_once",
                        SchemaJson.described("Only on the first of its hosts.", SchemaJson.types("boolean", "null")),
                "tags",
                        SchemaJson.object(
                                "description",
                                "For --tags; `always` is always selected.",
                                "anyOf",
                                List.of(
                                        SchemaJson.object(
                                                "type",
                                                List.of("string", "number", "boolean", "null"),
                                                "not",
                                                SchemaJson.EXPRESSION),
                                        SchemaJson.object(
                                                "type", "array", "items", SchemaJson.types("string", "number")))),
                "on_failure",
                        SchemaJson.object(
                                "description",
                                "`rollback` (default) or `stop`: leave every host as it is, for the operator to"
                                        + " inspect.",
                                "enum",
                                java.util.Arrays.asList("rollback", "stop", null)),
                "allow", SchemaJson.reference("allow"));
        for (StepType<?> type : catalog.types()) {
            properties.put(type.name(), SchemaJson.reference("step-" + type.name()));
        }
        return SchemaJson.object(
                "type",
                "object",
                "additionalProperties",
                false,
                "properties",
                properties,
                "oneOf",
                catalog.types().stream()
                        .map(type -> SchemaJson.object("required", List.of(type.name())))
                        .toList());
    }
}
