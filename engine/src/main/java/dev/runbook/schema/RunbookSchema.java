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
        definitions.put("inputText", Json.types("string", "number", "null"));
        definitions.put("hosts", hosts());
        definitions.put("allow", allow());
        definitions.put("input", InputSchema.of());
        definitions.put("step", step(catalog));
        for (StepType<?> type : catalog.types()) {
            definitions.put(
                    "step-" + type.name(),
                    Json.described(type.summary(), Json.anyOf(ShapeSchema.forms(Shapes.ofRecord(type.parameters())))));
        }
        return Json.object(
                "$schema",
                "https://json-schema.org/draft/2020-12/schema",
                "title",
                "A runbook",
                "description",
                "Steps on hosts, as docs/runbook-format.md tells; `runbook validate` checks what a schema cannot.",
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
        return Json.object(
                "name",
                        Json.described(
                                "What plans and messages call it; inputs can be used.", Json.reference("inputText")),
                "description", Json.described("What it is for.", Json.reference("text")),
                "hosts", Json.described("Who, unless a step says otherwise.", Json.reference("hosts")),
                "inputs",
                        Json.object(
                                "description",
                                "Values that a call gives with -e name=value.",
                                "type",
                                List.of("object", "null"),
                                "propertyNames",
                                Json.object("pattern", Vocabulary.nameRegex()),
                                "additionalProperties",
                                Json.reference("input")),
                "allow", Json.reference("allow"),
                "steps",
                        Json.object(
                                "description",
                                "Done in this order; all hosts finish one before any begins the next.",
                                "type",
                                "array",
                                "minItems",
                                1,
                                "items",
                                Json.reference("step")));
    }

    /** Without expressions: left as they stand they would be shown as text. */
    private static Map<String, Object> text() {
        return Json.object(
                "type",
                List.of("string", "number", "null"),
                "not",
                Json.object("type", "string", "pattern", "\\$\\{\\{"));
    }

    private static Map<String, Object> hosts() {
        var pattern = Json.types("string", "number");
        return Json.object(
                "description",
                "A pattern over the inventory as in Ansible: groups, hosts, globs, group[0]; & narrows, ! takes away."
                        + " Inputs can be used.",
                "anyOf",
                List.of(
                        Json.types("string", "number", "null"),
                        Json.object("type", "array", "minItems", 1, "items", pattern)));
    }

    private static Map<String, Object> allow() {
        var said = Json.object("type", List.of("string", "number"), "pattern", "\\S", "not", Json.EXPRESSION);
        return Json.object(
                "description",
                "Rules of `runbook validate` that do not matter here, each with its reason.",
                "type",
                List.of("array", "null"),
                "items",
                Json.object(
                        "type",
                        "object",
                        "additionalProperties",
                        false,
                        "required",
                        List.of("rule", "reason"),
                        "properties",
                        Json.object(
                                "rule", Json.described("Its code or its name.", said),
                                "reason", Json.described("Why it does not matter here.", said))));
    }

    private static Map<String, Object> step(StepCatalog catalog) {
        var properties = Json.object(
                "name",
                        Json.described(
                                "What plans and messages call it; inputs can be used.", Json.reference("inputText")),
                "id",
                        Json.object(
                                "description",
                                "What later steps call it in steps.<id>.<output>.",
                                "type",
                                List.of("string", "null"),
                                "pattern",
                                Vocabulary.nameRegex()),
                "hosts", Json.described("A pattern, instead of the runbook's.", Json.reference("hosts")),
                "when",
                        Json.described(
                                "A condition in CEL; where it is false the step is skipped on that host.",
                                Json.types("boolean", "string", "null")),
                "timeout",
                        Json.described(
                                "Deadline of its waits and programs; inputs can be used.",
                                Json.orNothing(Json.orExpression(Json.reference("duration")))),
                "run_once", Json.described("Only on the first of its hosts.", Json.types("boolean", "null")),
                "tags",
                        Json.object(
                                "description",
                                "For --tags; `always` is always selected.",
                                "anyOf",
                                List.of(
                                        Json.object(
                                                "type",
                                                List.of("string", "number", "boolean", "null"),
                                                "not",
                                                Json.EXPRESSION),
                                        Json.object("type", "array", "items", Json.types("string", "number")))),
                "on_failure",
                        Json.object(
                                "description",
                                "`stop` leaves all as it is, for a person to look at.",
                                "enum",
                                java.util.Arrays.asList("rollback", "stop", null)),
                "allow", Json.reference("allow"));
        for (StepType<?> type : catalog.types()) {
            properties.put(type.name(), Json.reference("step-" + type.name()));
        }
        return Json.object(
                "type",
                "object",
                "additionalProperties",
                false,
                "properties",
                properties,
                "oneOf",
                catalog.types().stream()
                        .map(type -> Json.object("required", List.of(type.name())))
                        .toList());
    }
}
