package dev.runbook.cli.prove;

import dev.runbook.cli.apply.NewRun;
import dev.runbook.cli.apply.PlanPreparation;
import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.inventory.SimulatedNodes;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.FactsOptions;
import dev.runbook.cli.options.RunbookOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.ReportCollector;
import dev.runbook.cli.terminal.ScratchFolder;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.load.Loader;
import dev.runbook.load.Request;
import dev.runbook.prove.Proof;
import dev.runbook.prove.Prover;
import dev.runbook.report.ProveText;
import dev.runbook.report.line.ProofLineMapper;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code runbook prove}. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Fails each action on each simulated node in turn, in every way it can fail, resumes or rolls back, and"
                    + " checks that every such scenario ends restored or as before.",
            "Without -i, it uses three simulated stacked nodes. Ends with 1 if a scenario ends in another state."
        })
public final class ProveCommand implements Callable<Integer> {
    @Mixin
    RunbookOptions options = new RunbookOptions();

    @Mixin
    FactsOptions recorded = new FactsOptions();

    @Override
    public Integer call() throws Exception {
        var clock = Clock.systemUTC();
        var reporting = ReportCollector.of(options, clock, "prove");
        return reporting
                .run(() -> {
                    try (var folder = ScratchFolder.create("runbook-prove-")) {
                        return prove(reporting, clock, folder.path());
                    }
                })
                .number();
    }

    private ExitCode prove(ReportCollector reporting, Clock clock, Path folder) throws UsageError {
        var connections = new ConnectionOptions().simulate(true).facts(recorded.facts());
        var terminal = reporting.terminal();
        var request = options.target().request();
        if (request.inventories().isEmpty()) {
            var home =
                    Path.of(Optional.ofNullable(System.getenv("RUNBOOK_HOME")).orElse("."));
            request = with(request, List.of(home.resolve("inventory/simulated.yml")), List.of());
        }
        var simulated = request;
        var placeholders = PlaceholderInputs.of(
                request,
                folder,
                () -> SimulatedNodes.fleet(
                        Loader.inventory(simulated).inventory().hosts(), connections));
        placeholders.forEach(value -> terminal.note("placeholder for an input without a value: " + value.text()));
        var run = NewRun.fresh(RunStore.at(folder.resolve("state")), clock);
        return switch (new PlanPreparation(reporting, clock)
                .prepare(with(request, request.inventories(), placeholders), connections, run)) {
            case PlanPreparation.Result.Stopped(var code) -> code;
            case PlanPreparation.Result.Ready ready -> {
                try (var _ = ready.fleet()) {
                    long began = System.nanoTime();
                    var proof = new Prover(Runtime.getRuntime().availableProcessors()).prove(ready.plan(), _ -> {});
                    show(reporting, proof, Duration.ofNanos(System.nanoTime() - began));
                    yield proof.failed().isEmpty() ? ExitCode.DONE : ExitCode.ROLLED_BACK;
                }
            }
        };
    }

    private void show(ReportCollector reporting, Proof proof, Duration took) {
        var terminal = reporting.terminal();
        reporting.proof(proof);
        ProofLineMapper.of(options.runbook().toString(), proof, took).forEach(terminal::emit);
        if (!terminal.json()) {
            terminal.lines(new ProveText(terminal.style()).lines(proof));
        }
        terminal.note("%.1f s".formatted(took.toMillis() / 1000.0));
    }

    private static Request with(Request request, List<Path> inventories, List<Request.GivenText> more) {
        var values = new ArrayList<>(request.values());
        values.addAll(more);
        return new Request(
                request.runbook(),
                inventories,
                values,
                request.limit(),
                request.tags(),
                request.surroundings(),
                request.sudoPassword());
    }
}
