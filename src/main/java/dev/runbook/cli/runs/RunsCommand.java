package dev.runbook.cli.runs;

import dev.runbook.cli.apply.RunLock;
import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.inventory.RunHosts;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.options.RunInventoryOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import dev.runbook.model.Problem;
import dev.runbook.report.RunPosition;
import dev.runbook.report.RunText;
import dev.runbook.report.line.RunLineMapper;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runbook runs} and {@code runbook runs show}. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "Lists the runs of this machine, or with --from-node those that a host keeps, newest first.",
        subcommands = {RunsCommand.Show.class, CleanCommand.class})
public final class RunsCommand implements Callable<Integer> {
    @Mixin
    OutputOptions output = new OutputOptions();

    @Option(
            names = "--from-node",
            paramLabel = "HOST",
            description = "List the runs that HOST keeps, such as those of a machine that is lost, and how to take them"
                    + " over; requires -i.")
    @Nullable
    String fromNode;

    @Mixin
    RunInventoryOptions inventory = new RunInventoryOptions();

    @Mixin
    ConnectionOptions connections = new ConnectionOptions();

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.ofProcess(output);
        if (fromNode != null) {
            return new NodeRuns(terminal, new RunHosts(terminal, inventory.inventories(), connections))
                    .list(fromNode)
                    .number();
        }
        if (!inventory.inventories().isEmpty()) {
            throw new UsageError("the runs of this machine need no inventory; try -i together with --from-node HOST");
        }
        var store = RunStore.ofEnvironment();
        for (var run : store.runs()) {
            show(terminal, store, run);
        }
        return ExitCode.DONE.number();
    }

    /** One journal that cannot be read hides no other run. */
    private static void show(Terminal terminal, RunStore store, String run) throws IOException {
        try {
            var events = store.events(run).orElse(List.of());
            terminal.emit(RunLineMapper.of(run, events));
            if (!terminal.json()) {
                terminal.line(RunText.summary(run, events));
            }
            var holder = RunLock.holder(store, run);
            if (holder.isPresent() && !terminal.json()) {
                terminal.line("  being carried out by " + holder.get() + ", " + RunPosition.of(events));
            }
        } catch (UsageError e) {
            var next = store.afterDamage(run);
            terminal.problems(List.of(Problem.ofCall(
                    "unreadable-journal", String.valueOf(e.getMessage()).replace("; " + next, ""), next)));
        }
    }

    /** {@code runbook runs show RUN}. */
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows what a run did, and its state.")
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "RUN", description = "The run's id, as `runbook runs` lists it.")
        String run = "";

        @Mixin
        OutputOptions output = new OutputOptions();

        @Override
        public Integer call() throws Exception {
            var terminal = Terminal.ofProcess(output);
            var store = RunStore.ofEnvironment();
            if (store.isDamaged(run)) {
                var left = store.beforeDamage(run);
                terminal.lines(new RunText(terminal.style()).lines(run, left, JournalFile.fold(left)));
                terminal.note("This is the state before the damage. What followed is not in this journal.");
            }
            var events = eventsOf(store, run);
            events.forEach(event -> terminal.emit(RunLineMapper.of(event)));
            if (!terminal.json()) {
                terminal.lines(new RunText(terminal.style()).lines(run, events, JournalFile.fold(events)));
            }
            return ExitCode.DONE.number();
        }
    }

    static List<RunEvent> eventsOf(RunStore store, String run) throws UsageError {
        return store.events(run)
                .orElseThrow(() -> new UsageError("this machine has no run " + run
                        + "; `runbook runs` lists the runs that it has, and `runbook runs"
                        + " --from-node HOST -i INVENTORY` those that a host keeps"));
    }
}
