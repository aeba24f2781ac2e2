package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.load.Loader;
import dev.runbook.load.Request;
import dev.runbook.prove.Proof;
import dev.runbook.prove.Prover;
import dev.runbook.report.ProveText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code runbook prove}. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Fails each action on each simulated node in turn, in every way it can fail, resumes or rolls back, and"
                    + " checks that every such world ends restored or as before.",
            "Without -i on three simulated stacked nodes. Ends with 1 when a world ends elsewhere."
        })
final class ProveCommand implements Callable<Integer> {
    @Mixin
    TargetOptions target = new TargetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.ofProcess(output);
        var folder = Files.createTempDirectory("runbook-prove-");
        try {
            return prove(terminal, folder).number();
        } finally {
            remove(folder);
        }
    }

    private ExitCode prove(Terminal terminal, Path folder) throws BadCall, IOException {
        var request = target.request();
        if (request.inventories().isEmpty()) {
            var home =
                    Path.of(Optional.ofNullable(System.getenv("RUNBOOK_HOME")).orElse("."));
            request = with(request, List.of(home.resolve("inventory/simulated.yml")), List.of());
        }
        var inventories = request;
        var standIns = StandIns.of(
                request,
                folder,
                () -> Simulation.fleet(Loader.inventory(inventories).inventory().hosts()));
        standIns.forEach(value -> terminal.note("a stand-in for an input without a value: " + value.text()));
        var run = Runs.fresh(RunStore.at(folder.resolve("state")), Clock.systemUTC());
        return switch (new Preparation(Reporting.none(terminal, Clock.systemUTC()), Clock.systemUTC())
                .prepare(with(request, request.inventories(), standIns), new ConnectionOptions().simulate(true), run)) {
            case Preparation.Result.Stopped(var code) -> code;
            case Preparation.Result.Ready ready -> {
                try (var _ = ready.fleet()) {
                    long began = System.nanoTime();
                    var proof = new Prover(Runtime.getRuntime().availableProcessors()).prove(ready.plan(), _ -> {});
                    show(terminal, proof, (System.nanoTime() - began) / 1_000_000_000.0);
                    yield proof.bad().isEmpty() ? ExitCode.DONE : ExitCode.ROLLED_BACK;
                }
            }
        };
    }

    private void show(Terminal terminal, Proof proof, double seconds) {
        terminal.lines(new ProveText(terminal.style()).lines(proof));
        terminal.note("%.1f s".formatted(seconds));
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
