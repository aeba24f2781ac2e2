package dev.runbook.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which inventories a command uses. */
public final class InventoryOptions {
    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description =
                    "Ansible inventory, YAML or INI, or a folder of them; may be given several times. A command on"
                            + " an earlier run uses the inventories of that run when none is given.")
    List<Path> inventories = new ArrayList<>();

    public List<Path> inventories() {
        return inventories;
    }
}
