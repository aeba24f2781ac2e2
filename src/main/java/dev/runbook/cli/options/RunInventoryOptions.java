package dev.runbook.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Inventories in place of those that an earlier run recorded. */
public final class RunInventoryOptions {
    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description = "Inventory with the run's hosts; may be given several times. If omitted, the run's own.")
    List<Path> inventories = new ArrayList<>();

    /** Empty means those of the run. */
    public List<Path> inventories() {
        return inventories;
    }
}
