package dev.runbook.cli.runs;

import dev.runbook.cli.apply.RunLock;
import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.inventory.RunHosts;
import dev.runbook.cli.options.EarlierRunOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.cli.terminal.ControllerName;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.LiveDisplay;
import dev.runbook.cli.terminal.LocalFileHash;
import dev.runbook.cli.terminal.SteadyClock;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.Touched;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.PathRelocation;
import dev.runbook.execute.RunOutcome;
import dev.runbook.execute.Takeover;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import dev.runbook.load.inventory.HostList;
import dev.runbook.model.Problem;
import dev.runbook.model.action.TransferAction;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.report.FailureText;
import dev.runbook.report.live.HostsWait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds an earlier run by its local journal, or takes it over from the journals of its hosts. */
final class RunTakeover {
    private final Terminal terminal;
    private final Clock clock;
    private final RunStore store;
    private final RunHosts hosts;

    RunTakeover(Terminal terminal, Clock clock, RunStore store, RunHosts hosts) {
        this.terminal = terminal;
        this.clock = clock;
        this.store = store;
        this.hosts = hosts;
    }

    /** Result of the search. */
    sealed interface Found {
        record Run(EarlierRun run) implements Found {}

        record Stopped(ExitCode code) implements Found {}
    }

    /** @param yes take the run over from its controller without asking for confirmation */
    Found find(EarlierRunOptions options, boolean yes) throws UsageError, IOException {
        return switch (new LiveController(terminal, clock, store).find(options.run(), options.takeOver(), yes)) {
            case LiveController.Result.Stopped(var code) -> new Found.Stopped(code);
            case LiveController.Result.Free(var lock) ->
                options.fromNode().isPresent()
                        ? fromNode(options, options.fromNode().get(), yes, lock)
                        : fromJournal(options, lock);
        };
    }

    private Found fromJournal(EarlierRunOptions options, Optional<RunLock> lock) throws UsageError {
        var events = RunsCommand.eventsOf(store, options.run());
        var run = new EarlierRun(options.run(), events, options.inventories(), store, Optional.empty(), lock);
        var call = run.began().call();
        var relocation =
                new PathRelocation(Path.of(call.artifacts()), Path.of(call.artifacts()), bySha256(options.files()));
        return new Found.Run(new EarlierRun(
                run.run(),
                events.stream().map(relocation::applied).toList(),
                run.inventories(),
                store,
                Optional.empty(),
                lock));
    }

    private Found fromNode(EarlierRunOptions options, String host, boolean yes, Optional<RunLock> taken)
            throws UsageError, IOException {
        var run = options.run();
        var beginning = beginning(host, run);
        if (beginning instanceof Beginning.Stopped(var code)) {
            return new Found.Stopped(code);
        }
        var planned = ((Beginning.Of) beginning).beginning();
        var began = planned.began();
        var question = "Take over run " + run + ", " + began.runbook() + ", from its controller, on "
                + String.join(", ", began.hosts()) + "?";
        if (!yes && !terminal.confirm(question)) {
            return new Found.Stopped(ExitCode.BAD_INPUT);
        }
        var opened = hosts.open(began.hosts());
        if (opened.isEmpty()) {
            return new Found.Stopped(ExitCode.BAD_INPUT);
        }
        store.createForTakeover(run);
        var lock = taken.isPresent() ? taken : RunLock.take(store, run, clock);
        if (lock.isEmpty()) {
            throw RunLock.held(run);
        }
        try (var fleet = opened.get()) {
            Touched.mark();
            return switch (take(fleet, planned)) {
                case Takeover.Result.Refused(var reasons) -> {
                    terminal.note("Run " + run + " cannot be taken over:");
                    report(reasons);
                    yield new Found.Stopped(ExitCode.PREFLIGHT);
                }
                case Takeover.Result.Taken all -> {
                    if (!all.away().isEmpty()) {
                        terminal.note("These hosts do not answer, so an earlier controller may still act on them:");
                        report(all.away());
                    }
                    yield new Found.Run(journal(options, all, lock));
                }
            };
        }
    }

    private Takeover.Result take(NodeSet fleet, Takeover.Beginning planned) {
        try (var _ = waiting(fleet)) {
            return Takeover.take(fleet, planned, ControllerName.owner(), clock);
        }
    }

    private LiveDisplay waiting(NodeSet fleet) {
        return LiveDisplay.start(
                terminal, new HostsWait(new SteadyClock(clock), fleet.nodes().keySet()));
    }

    private void report(List<RunOutcome.Leftover> leftovers) {
        var failures = new FailureText(terminal.style());
        leftovers.forEach(left -> failures.leftover(left).forEach(terminal::note));
    }

    /** What the named host keeps of the run. */
    private sealed interface Beginning {
        record Of(Takeover.Beginning beginning) implements Beginning {}

        record Stopped(ExitCode code) implements Beginning {}
    }

    private Beginning beginning(String host, String run) throws UsageError {
        var opened = hosts.open(List.of(host));
        if (opened.isEmpty()) {
            return new Beginning.Stopped(ExitCode.BAD_INPUT);
        }
        try (var fleet = opened.get()) {
            var found = plan(fleet, host, run);
            if (found.isEmpty()) {
                throw new UsageError(host + " has no plan of run " + run
                        + "; `runbook runs --from-node " + host
                        + " -i INVENTORY` lists the runs that it has. A run that"
                        + " was lost before it stored its plan has changed nothing: try `runbook unlock -i INVENTORY`"
                        + " to release its hosts");
            }
            return new Beginning.Of(found.get());
        } catch (NodeUnreachable e) {
            terminal.problems(List.of(
                    Problem.on(host, "unreachable", e.without(host), e.next() + ", or name another host of the run")));
            return new Beginning.Stopped(ExitCode.PREFLIGHT);
        } catch (IOException e) {
            throw new UsageError("the journal of run " + run + " on " + host + " cannot be used: " + e.getMessage()
                    + "; name another host of the run");
        }
    }

    private Optional<Takeover.Beginning> plan(NodeSet fleet, String host, String run)
            throws NodeUnreachable, IOException {
        try (var _ = waiting(fleet)) {
            return Takeover.plan(fleet, host, run);
        }
    }

    /** Writes the journal of a run that was taken over, so that it can be resumed without {@code --from-node}. */
    private EarlierRun journal(EarlierRunOptions options, Takeover.Result.Taken taken, Optional<RunLock> lock)
            throws IOException, UsageError {
        var run = options.run();
        var journal = store.journalOf(run);
        if (Files.exists(journal)) {
            Files.move(
                    journal,
                    journal.resolveSibling(
                            "journal.before-epoch-" + taken.claim().epoch() + ".jsonl"));
        }
        var began = (RunEvent.RunBegan) taken.events().getFirst();
        var relocation =
                new PathRelocation(Path.of(began.call().artifacts()), store.folderOf(run), bySha256(options.files()));
        var here = new RunEvent.Call(
                began.call().runbookFile(),
                options.inventories().stream()
                        .map(path -> HostList.recorded(path, TargetOptions.surroundings()))
                        .toList(),
                began.call().inputs(),
                store.folderOf(run).toString(),
                began.call().runbookSha256());
        var events = taken.events().stream()
                .map(event -> event instanceof RunEvent.RunBegan each
                        ? new RunEvent.RunBegan(each.at(), each.run(), each.runbook(), each.hosts(), each.epoch(), here)
                        : relocation.applied(event))
                .toList();
        try (var file = JournalFile.open(journal)) {
            events.forEach(file::append);
        }
        return new EarlierRun(run, events, options.inventories(), store, Optional.of(taken.claim()), lock);
    }

    private static Map<String, Path> bySha256(List<Path> files) throws UsageError {
        var found = new HashMap<String, Path>();
        for (var file : files) {
            found.put(LocalFileHash.sha256(file), file.toAbsolutePath());
        }
        return found;
    }

    /** A run that continues forward needs all files that it may still have to send. */
    static void requireFiles(EarlierRun run) throws UsageError {
        for (var send : PathRelocation.toBeSent(run.state())) {
            if (!Files.isReadable(send.source())
                    || !LocalFileHash.sha256(send.source()).equals(send.sha256())) {
                throw new UsageError(missing(run.run(), send));
            }
        }
    }

    private static String missing(String run, TransferAction.SendFile send) {
        return "run " + run + " may still have to send " + send.source() + " (" + send.size() + " bytes, SHA-256 "
                + send.sha256() + "), which this machine does not have at that path: try --file FILE, or roll the"
                + " run back with `runbook rollback " + run + "`";
    }
}
