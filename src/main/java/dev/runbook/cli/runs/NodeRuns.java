package dev.runbook.cli.runs;

import dev.runbook.cli.inventory.RunHosts;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.Takeover;
import dev.runbook.journal.RunEvent;
import dev.runbook.model.Problem;
import dev.runbook.node.NodeJournal;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.report.RunText;
import dev.runbook.report.line.RunLineMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The runs that a host keeps, for an operator on a machine that does not have their journals. */
record NodeRuns(Terminal terminal, RunHosts hosts) {
    ExitCode list(String host) throws UsageError {
        var opened = hosts.open(List.of(host));
        if (opened.isEmpty()) {
            return ExitCode.BAD_INPUT;
        }
        try (var fleet = opened.get()) {
            var runs = fleet.node(host).runs();
            for (var run : runs.reversed()) {
                show(fleet, host, run);
            }
            if (runs.isEmpty()) {
                terminal.line("No run has left anything on " + host + ".");
            }
            return ExitCode.DONE;
        } catch (NodeUnreachable e) {
            terminal.problems(List.of(
                    Problem.on(host, "unreachable", e.without(host), e.next() + ", or name another host of the run")));
            return ExitCode.PREFLIGHT;
        }
    }

    private void show(NodeSet fleet, String host, String run) throws NodeUnreachable {
        var journal = fleet.node(host).readJournal(run);
        var holder = journal.holder().filter(claim -> claim.run().equals(run));
        var events = new ArrayList<RunEvent>();
        try {
            Takeover.plan(fleet, host, run).ifPresent(kept -> events.addAll(List.of(kept.began(), kept.planned())));
        } catch (IOException e) {
            terminal.problems(List.of(Problem.on(
                    host,
                    "unreadable-journal",
                    "the plan of run " + run + " cannot be used: " + e.getMessage(),
                    "name another host of the run")));
        }
        if (holder.isEmpty() && !events.isEmpty()) {
            ending(journal)
                    .ifPresent(ending ->
                            events.add(new RunEvent.RunEnded(((RunEvent.RunBegan) events.getFirst()).at(), ending)));
        }
        terminal.emit(RunLineMapper.of(run, events));
        if (terminal.json()) {
            return;
        }
        terminal.line(
                events.isEmpty()
                        ? "%-24s %-12s %s".formatted(run, "not begun", "(it stored no plan here: it changed nothing)")
                        : holder.isEmpty() && RunText.ending(events).isEmpty()
                                ? RunText.summary(run, "ended", events) + " (it changed nothing here)"
                                : RunText.summary(run, events));
        if (holder.isPresent() && !events.isEmpty()) {
            var there = run + " --from-node " + host + " -i "
                    + hosts.inventories().stream().map(String::valueOf).collect(Collectors.joining(" -i "));
            terminal.line("  its lock is held by " + holder.get().owner() + " since "
                    + holder.get().since()
                    + (journal.connected() ? ", which is connected" : ", which is not connected"));
            terminal.line("  next: runbook resume " + there);
            terminal.line("    or: runbook rollback " + there);
        }
    }

    /** As this one host knows it: what other hosts have left to do is not here. */
    private static Optional<RunEvent.Ending> ending(NodeJournal journal) {
        if (journal.noted("commit") && !journal.noted("rollback")) {
            return Optional.of(RunEvent.Ending.SUCCEEDED);
        }
        return journal.records().isEmpty() ? Optional.empty() : Optional.of(RunEvent.Ending.ROLLED_BACK);
    }
}
