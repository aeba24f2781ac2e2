package dev.runbook.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The inventories of a command line. */
public final class InventoryOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description =
                    "Ansible inventory, YAML or INI, or a folder of them, or hosts with a comma, as in `h1,`; may be"
                            + " given several times, and a later one may map groups.")
    List<Path> inventories = new ArrayList<>();

    public List<Path> inventories() {
        return inventories;
    }

    /** For a command that has no other way to hosts. */
    public List<Path> required() {
        if (inventories.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--inventory=FILE'");
        }
        return inventories;
    }
}
