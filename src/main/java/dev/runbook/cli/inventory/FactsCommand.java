package dev.runbook.cli.inventory;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.InventoryOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.PrivateFile;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.load.Loader;
import dev.runbook.load.Loader.HostsOnly;
import dev.runbook.model.Problem;
import dev.runbook.node.NodeSet;
import dev.runbook.recorded.FactsFile;
import dev.runbook.report.line.InvocationLine;
import dev.runbook.report.line.LineVocabulary;
import dev.runbook.survey.ClusterSurvey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
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
            "Surveys the hosts of an inventory (-i) and records the facts that a plan is made from, with secrets"
                    + " masked; changes nothing.",
            "`runbook plan --simulate --facts FILE` plans from these facts without any host."
        })
public final class FactsCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "HOSTPATTERN",
            arity = "0..1",
            description = "Hosts to survey; if omitted, the groups etcd and kube_control_plane.")
    @Nullable
    String pattern;

    @Mixin
    InventoryOptions inventory = new InventoryOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write; if omitted, standard output.")
    @Nullable
    Path file;

    @Mixin
    ConnectionOptions connections = new ConnectionOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.ofProcess(output);
        var request = TargetOptions.inventoryRequest(inventory.required()).with(Passwords.given(connections));
        var selected = Loader.hosts(request, Optional.ofNullable(pattern));
        terminal.problems(selected.problems());
        if (selected.problems().stream().anyMatch(Problem::isError)
                || selected.hosts().isEmpty()) {
            return ExitCode.BAD_INPUT.number();
        }
        return record(terminal, selected).number();
    }

    private ExitCode record(Terminal terminal, HostsOnly selected) throws UsageError, IOException {
        var clock = Clock.systemUTC();
        var nodes = HostNodes.open(selected.hosts(), Passwords.become(connections), connections);
        try (var fleet = new NodeSet(nodes)) {
            SimulatedNodes.announce(fleet, terminal);
            return switch (WatchedSurvey.survey(terminal, fleet, HostNodes.groups(selected.inventory()), clock)) {
                case ClusterSurvey.Result.Unreachable(var problems, var _) -> {
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
        terminal.emit(new InvocationLine.Written(file.toString(), LineVocabulary.Content.FACTS));
        terminal.note(file + ": facts of " + String.join(", ", facts.hosts().keySet())
                + "; values that look like secrets are masked");
    }
}
