package dev.runbook.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An earlier run, and the source of its journal. */
public final class EarlierRunOptions {
    @Parameters(
            paramLabel = "RUN",
            description =
                    "The run's id, as `runbook runs` lists it, or `runbook runs --from-node HOST -i INVENTORY` of a"
                            + " host.")
    String run = "";

    @Mixin
    RunInventoryOptions inventory = new RunInventoryOptions();

    @Option(
            names = "--from-node",
            paramLabel = "HOST",
            description = "Take the run over from the journals of its hosts, on a machine that does not have the"
                    + " run's journal. HOST is one of these hosts; requires -i.")
    @Nullable
    String fromNode;

    @Option(
            names = "--take-over",
            description =
                    "If another process of this machine is carrying out the run: ask it to stop, and continue when it"
                            + " has stopped.")
    boolean takeOver;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "A file that still has to be sent to hosts, such as the snapshot, on this machine; may be given"
                            + " several times.")
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

    /** Stop a live controller of this machine first. */
    public boolean takeOver() {
        return takeOver;
    }

    public List<Path> files() {
        return files;
    }
}
