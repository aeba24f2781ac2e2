package dev.runbook.cli.authoring;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.schema.InventorySchema;
import dev.runbook.schema.RunbookSchema;
import dev.runbook.schema.SchemaText;
import dev.runbook.steps.StepTypes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code runbook schema}. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the JSON Schema (2020-12) of runbooks or of inventories, for editors and other tools.",
            "For yaml-language-server, as a file's first line: # yaml-language-server: $$schema=FILE"
        })
public final class SchemaCommand implements Callable<Integer> {
    /** The kinds of documents with a schema. */
    enum Kind {
        RUNBOOK,
        INVENTORY
    }

    @Parameters(
            paramLabel = "KIND",
            arity = "0..1",
            defaultValue = "runbook",
            description = "runbook (default) or inventory.")
    Kind kind = Kind.RUNBOOK;

    @Override
    public Integer call() {
        var schema = switch (kind) {
            case RUNBOOK -> RunbookSchema.of(StepTypes.ALL);
            case INVENTORY -> InventorySchema.of();
        };
        System.out.print(SchemaText.of(schema));
        return ExitCode.DONE.number();
    }
}
