package dev.runbook.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which run of before, and where its journal is. */
public final class EarlierRunOptions {
    @Parameters(
            paramLabel = "RUN",
            description = "The run's id, as `runbook runs` lists it, or `runbook runs --from-node HOST`.")
    String run = "";

    @Mixin
    InventoryOptions inventory = new InventoryOptions();

    @Option(
            names = "--from-node",
            paramLabel = "HOST",
            description = "Take the run over from what its hosts know of it: for a machine that does not have its"
                    + " journal. HOST is one of them; needs -i.")
    @Nullable
    String fromNode;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "A file that is still to be sent to hosts, such as the snapshot, where it is on this machine.")
    List<Path> files = new ArrayList<>();

    public String run() {
        return run;
    }

    public List<Path> inventories() {
        return inventory.inventories();
    }

    public Optional<String> fromNode() {
        return Optional.ofNullable(fromNode);
    }

    public List<Path> files() {
        return files;
    }
}
