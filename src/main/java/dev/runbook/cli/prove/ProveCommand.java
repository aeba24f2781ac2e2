package dev.runbook.cli.prove;

import dev.runbook.cli.apply.NewRun;
import dev.runbook.cli.apply.PlanPreparation;
import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.inventory.SimulatedNodes;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.options.ReportOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.ReportCollector;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.load.Loader;
import dev.runbook.load.Request;
import dev.runbook.prove.Proof;
import dev.runbook.prove.Prover;
import dev.runbook.report.ProveText;
import dev.runbook.report.line.ProofLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runbook prove}. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Fails each action on each simulated node in turn, in every way it can fail, resumes or rolls back, and"
                    + " checks that every such world ends restored or as before.",
            "Without -i on three simulated stacked nodes. Ends with 1 when a world ends elsewhere."
        })
public final class ProveCommand implements Callable<Integer> {
    @Mixin
    TargetOptions target = new TargetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    ReportOptions reports = new ReportOptions();

    @Option(
            names = "--facts",
            paramLabel = "FILE",
            description = "Simulate hosts as `runbook facts -o FILE` found them; without, as kubeadm sets them up.")
    @Nullable
    Path facts;

    @Override
    public Integer call() throws Exception {
        var clock = Clock.systemUTC();
        var reporting = new ReportCollector(Terminal.ofProcess(output), reports, clock, "prove", target.runbook());
        return reporting
                .during(() -> {
                    var folder = Files.createTempDirectory("runbook-prove-");
                    try {
                        return prove(reporting, clock, folder);
                    } finally {
                        remove(folder);
                    }
                })
                .number();
    }

    private ExitCode prove(ReportCollector reporting, Clock clock, Path folder) throws UsageError {
        var connections = new ConnectionOptions().simulate(true).facts(Optional.ofNullable(facts));
        var terminal = reporting.terminal();
        var request = target.request();
        if (request.inventories().isEmpty()) {
            var home =
                    Path.of(Optional.ofNullable(System.getenv("RUNBOOK_HOME")).orElse("."));
            request = with(request, List.of(home.resolve("inventory/simulated.yml")), List.of());
        }
        var inventories = request;
        var standIns = PlaceholderInputs.of(
                request,
                folder,
                () -> SimulatedNodes.fleet(
                        Loader.inventory(inventories).inventory().hosts(), connections));
        standIns.forEach(value -> terminal.note("a stand-in for an input without a value: " + value.text()));
        var run = NewRun.fresh(RunStore.at(folder.resolve("state")), clock);
        return switch (new PlanPreparation(reporting, clock)
                .prepare(with(request, request.inventories(), standIns), connections, run)) {
            case PlanPreparation.Result.Stopped(var code) -> code;
            case PlanPreparation.Result.Ready ready -> {
                try (var _ = ready.fleet()) {
                    long began = System.nanoTime();
                    var proof = new Prover(Runtime.getRuntime().availableProcessors()).prove(ready.plan(), _ -> {});
                    show(reporting, proof, Duration.ofNanos(System.nanoTime() - began));
                    yield proof.bad().isEmpty() ? ExitCode.DONE : ExitCode.ROLLED_BACK;
                }
            }
        };
    }

    private void show(ReportCollector reporting, Proof proof, Duration took) {
        var terminal = reporting.terminal();
        reporting.proof(proof);
        ProofLines.of(target.runbook().toString(), proof, took).forEach(terminal::emit);
        if (!terminal.json()) {
            terminal.lines(new ProveText(terminal.style()).lines(proof));
        }
        terminal.note("%.1f s".formatted(took.toMillis() / 1000.0));
    }

    private static Request with(Request request, List<Path> inventories, List<Request.GivenText> more) {
        var values = new ArrayList<>(request.values());
        values.addAll(more);
        return new Request(
                request.runbook(), inventories, values, request.limit(), request.tags(), request.surroundings());
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
