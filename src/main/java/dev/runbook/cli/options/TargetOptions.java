package dev.runbook.cli.options;

import dev.runbook.load.Request;
import dev.runbook.load.source.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A runbook, the hosts that it runs on, and its inputs. */
public final class TargetOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec spec = CommandSpec.create();

    // Not required for picocli, because `plan show` is a subcommand of `plan`.
    @Parameters(
            paramLabel = "RUNBOOK",
            arity = "0..1",
            description = "Runbook file (YAML); apply also accepts a saved plan.")
    @Nullable
    Path runbook;

    @Mixin
    InventoryOptions inventory = new InventoryOptions();

    @Option(
            names = {"-e", "--extra-vars"},
            paramLabel = "NAME=VALUE",
            description = "Value of an input, or @FILE.yml, or a YAML or JSON mapping; may be given several times.")
    List<String> values = new ArrayList<>();

    @Option(
            names = {"-l", "--limit"},
            paramLabel = "PATTERN",
            description = "Run every step only on these of its hosts.")
    @Nullable
    String limit;

    @Option(names = "--tags", paramLabel = "TAG", split = ",", description = "Run only steps with one of these tags.")
    List<String> tags = new ArrayList<>();

    public Path runbook() {
        if (runbook == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'RUNBOOK'");
        }
        return runbook;
    }

    public List<Path> inventories() {
        return inventory.inventories();
    }

    public List<String> values() {
        return values;
    }

    /** Whether the command line sets inputs, or narrows hosts or steps. */
    public boolean narrows() {
        return !values.isEmpty() || limit != null || !tags.isEmpty();
    }

    /** The request to the engine to load all this. */
    public Request request() {
        return request(runbook(), inventories(), values, Optional.ofNullable(limit), tags);
    }

    /** A request for inventories without a runbook. */
    public static Request inventoryRequest(List<Path> inventories) {
        return request(Path.of(""), inventories, List.of(), Optional.empty(), List.of());
    }

    /** The same from plain values, for commands that choose their own. */
    public static Request request(
            Path runbook, List<Path> inventories, List<String> values, Optional<String> limit, List<String> tags) {
        return new Request(
                runbook,
                inventories,
                values.stream().map(text -> new Request.GivenText(text, "-e")).toList(),
                limit,
                new LinkedHashSet<>(tags),
                surroundings());
    }

    /** This process's folder and user. */
    public static Surroundings surroundings() {
        return new Surroundings(
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("user.home")),
                System.getProperty("user.name"));
    }
}
