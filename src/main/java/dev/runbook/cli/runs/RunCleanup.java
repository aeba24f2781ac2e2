package dev.runbook.cli.runs;

import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.inventory.RunHosts;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.Touched;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.execute.RetainedFolders;
import dev.runbook.node.Node;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.RetainedFolder;
import dev.runbook.report.RunText;
import dev.runbook.report.line.RunLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Removal of the retained artifacts of finished runs, on their hosts and on this machine. */
final class RunCleanup {
    private final Terminal terminal;
    private final Clock clock;
    private final RunStore store;
    private final List<Path> inventories;
    private final ConnectionOptions connections;
    private final List<String> unreachable = new ArrayList<>();

    RunCleanup(Terminal terminal, Clock clock, RunStore store, List<Path> inventories, ConnectionOptions connections) {
        this.terminal = terminal;
        this.clock = clock;
        this.store = store;
        this.inventories = inventories;
        this.connections = connections;
    }

    /** A finished run with the nodes of its hosts. */
    private record Target(EarlierRun run, NodeSet fleet, Map<String, List<String>> folders) {}

    private interface NodeOperation {
        List<RetainedFolder> apply(Node node, List<String> folders) throws NodeUnreachable;
    }

    ExitCode clean(List<EarlierRun> runs, boolean yes) throws UsageError, IOException {
        var targets = new ArrayList<Target>();
        try {
            for (var run : runs) {
                var used = inventories.isEmpty() ? run.usedInventories() : inventories;
                var fleet = new RunHosts(terminal, used, connections)
                        .open(run.began().hosts());
                if (fleet.isEmpty()) {
                    return ExitCode.BAD_INPUT;
                }
                targets.add(new Target(run, fleet.get(), RetainedFolders.of(run.events())));
            }
            return showAndRemove(targets, yes);
        } finally {
            targets.forEach(target -> target.fleet().close());
        }
    }

    private ExitCode showAndRemove(List<Target> targets, boolean yes) throws IOException {
        long bytes = 0;
        for (var target : targets) {
            terminal.line(RunText.summary(target.run().run(), target.run().events()));
            var remains =
                    onHosts(target, (node, folders) -> node.remains(target.run().run(), folders));
            for (var host : remains.entrySet()) {
                for (var each : host.getValue()) {
                    show(target, Optional.of(host.getKey()), each);
                    bytes += each.user().isEmpty() ? each.bytes() : 0;
                }
            }
            for (var file : filesHere(target.run())) {
                var here = new RetainedFolder(file.toString(), Files.size(file), Optional.empty());
                show(target, Optional.empty(), here);
                bytes += here.bytes();
            }
        }
        unreachable.forEach(terminal::note);
        var question = "Remove " + size(bytes) + " of artifacts of "
                + (targets.size() == 1 ? "this run" : targets.size() + " runs") + "? `runbook rollback` cannot roll "
                + (targets.size() == 1 ? "it" : "them") + " back afterwards.";
        if (!yes && !terminal.confirm(question)) {
            return ExitCode.BAD_INPUT;
        }
        unreachable.clear();
        for (var target : targets) {
            Touched.mark();
            remove(target);
        }
        unreachable.forEach(terminal::note);
        return unreachable.isEmpty() ? ExitCode.DONE : ExitCode.PREFLIGHT;
    }

    private void show(Target target, Optional<String> host, RetainedFolder each) {
        terminal.emit(new RunLine.Retained(target.run().run(), host, each.path(), each.bytes(), each.user(), false));
        terminal.line("  %-12s %10s  %s%s"
                .formatted(
                        host.orElse("(here)"),
                        size(each.bytes()),
                        each.path(),
                        each.user()
                                .map(user -> "   retained: needed by " + user)
                                .orElse("")));
    }

    private void remove(Target target) throws IOException {
        var run = target.run().run();
        int before = unreachable.size();
        var left = onHosts(target, (node, folders) -> node.clean(run, folders));
        left.forEach((host, remains) -> remains.forEach(each -> terminal.emit(
                new RunLine.Retained(run, Optional.of(host), each.path(), each.bytes(), each.user(), false))));
        if (unreachable.size() > before) {
            // The local files record what is left on hosts, so they go only when all of that is gone.
            return;
        }
        for (var file : filesHere(target.run())) {
            long bytes = Files.size(file);
            Files.delete(file);
            terminal.emit(new RunLine.Retained(run, Optional.empty(), file.toString(), bytes, Optional.empty(), true));
        }
        boolean all = left.values().stream().allMatch(List::isEmpty);
        if (all) {
            store.markCleaned(run, clock.instant());
        }
        terminal.line(all ? "Cleaned run " + run + "." : "Cleaned run " + run + ", except for what is still needed.");
    }

    private Map<String, List<RetainedFolder>> onHosts(Target target, NodeOperation operation) {
        var found = new TreeMap<String, List<RetainedFolder>>();
        NodeSet.onEach(target.fleet().nodes().keySet(), host -> {
                    try {
                        return operation.apply(
                                target.fleet().node(host), target.folders().getOrDefault(host, List.of()));
                    } catch (NodeUnreachable e) {
                        synchronized (unreachable) {
                            unreachable.add(host + ": " + e.getMessage() + "; " + e.next() + "; the artifacts of run "
                                    + target.run().run() + " remain there");
                        }
                        return List.<RetainedFolder>of();
                    }
                })
                .forEach(found::put);
        return found;
    }

    /** All files but the journals and the marker of a cleaned run. */
    private List<Path> filesHere(EarlierRun run) throws IOException {
        try (var files = Files.walk(store.folderOf(run.run()))) {
            return files.filter(Files::isRegularFile)
                    .filter(path -> !path.getFileName().toString().startsWith("journal"))
                    .filter(path -> !path.getFileName().toString().equals("cleaned"))
                    .sorted()
                    .toList();
        }
    }

    private static String size(long bytes) {
        if (bytes < 1024 * 1024) {
            return (bytes + 1023) / 1024 + " KiB";
        }
        return bytes < 1L << 30 ? (bytes >> 20) + " MiB" : "%.1f GiB".formatted(bytes / (double) (1L << 30));
    }
}
