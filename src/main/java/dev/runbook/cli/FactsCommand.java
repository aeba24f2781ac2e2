package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.load.Loader;
import dev.runbook.load.Loader.HostsOnly;
import dev.runbook.model.Problem;
import dev.runbook.node.NodeSet;
import dev.runbook.recorded.FactsFile;
import dev.runbook.report.line.Line;
import dev.runbook.report.line.LineVocabulary;
import dev.runbook.survey.ClusterSurvey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runbook facts}. */
@Command(
        name = "facts",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at hosts and records what a plan is made from, secrets masked; touches nothing.",
            "`runbook plan --simulate --facts FILE` plans from the record with no host at all."
        })
final class FactsCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "HOSTPATTERN",
            arity = "0..1",
            description = "Which hosts; left out, the groups etcd and kube_control_plane.")
    @Nullable
    String pattern;

    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            required = true,
            description = "Inventory; may be given several times.")
    List<Path> inventories = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to; left out, standard output.")
    @Nullable
    Path file;

    @Mixin
    ConnectionOptions connections = new ConnectionOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.ofProcess(output);
        var request = TargetOptions.request(Path.of(""), inventories, List.of(), Optional.empty(), List.of());
        var asked = Loader.hosts(request, Optional.ofNullable(pattern));
        terminal.problems(asked.problems());
        if (asked.problems().stream().anyMatch(Problem::isError)
                || asked.hosts().isEmpty()) {
            return ExitCode.BAD_INPUT.number();
        }
        return look(terminal, asked).number();
    }

    private ExitCode look(Terminal terminal, HostsOnly asked) throws UsageError, IOException {
        var clock = Clock.systemUTC();
        var nodes = PlanPreparation.open(asked.hosts(), Passwords.become(connections), connections);
        try (var fleet = new NodeSet(nodes)) {
            SimulatedNodes.announce(fleet, terminal);
            return switch (ClusterSurvey.survey(fleet, PlanPreparation.groups(asked.inventory()), clock)) {
                case ClusterSurvey.Result.Unreachable(var problems) -> {
                    terminal.problems(problems);
                    yield ExitCode.PREFLIGHT;
                }
                case ClusterSurvey.Result.Surveyed(var facts) -> {
                    facts.hosts().values().forEach(host -> terminal.problems(host.problems()));
                    write(terminal, facts, clock.instant());
                    yield ExitCode.DONE;
                }
            };
        }
    }

    private void write(Terminal terminal, ClusterFacts facts, Instant now) throws UsageError {
        if (file == null) {
            terminal.document(terminal.json() ? FactsFile.line(facts, now) + "\n" : FactsFile.write(facts, now));
            return;
        }
        PrivateFile.write(file, FactsFile.write(facts, now));
        terminal.emit(new Line.Written(file.toString(), LineVocabulary.Content.FACTS));
        terminal.note(file + ": facts of " + String.join(", ", facts.hosts().keySet())
                + "; what looked like a secret is masked in it");
    }
}
