package dev.runbook.cli.runs;

import dev.runbook.cli.apply.NewRun;
import dev.runbook.cli.apply.RunLock;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Removal of the retained artifacts of finished runs, on their hosts and on this machine. */
final class RunCleanup {
    private static final Set<String> OWN_FILES = Set.of("cleaned", "lock", "controller", "stop");

    private final Terminal terminal;
    private final Clock clock;
    private final RunStore store;
    private final List<Path> inventories;
    private final ConnectionOptions connections;
    private final boolean asked;
    private final List<String> unreachable = new ArrayList<>();
    private final List<String> passedOver = new ArrayList<>();
    private final Set<String> absent = new TreeSet<>();

    /** @param asked whether the runs were named one by one, so that none may be passed over silently */
    RunCleanup(
            Terminal terminal,
            Clock clock,
            RunStore store,
            List<Path> inventories,
            ConnectionOptions connections,
            boolean asked) {
        this.asked = asked;
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
        if (!inventories.isEmpty()
                && new RunHosts(terminal, inventories, connections)
                        .open(List.of())
                        .isEmpty()) {
            return ExitCode.BAD_INPUT;
        }
        var targets = new ArrayList<Target>();
        try {
            for (var run : runs) {
                var used = inventories.isEmpty() ? run.usedInventories() : inventories;
                var folders = RetainedFolders.of(run.events());
                if (NewRun.isSimulated(run.run())) {
                    targets.add(new Target(run, none(), folders));
                    continue;
                }
                var missing = new RunHosts(terminal, used, connections)
                        .missing(run.began().hosts());
                if (missing.isEmpty()) {
                    var fleet = new RunHosts(terminal, used, connections)
                            .open(run.began().hosts());
                    if (fleet.isEmpty()) {
                        return ExitCode.BAD_INPUT;
                    }
                    targets.add(new Target(run, fleet.get(), folders));
                } else if (folders.values().stream().allMatch(List::isEmpty)) {
                    targets.add(new Target(run, none(), folders));
                } else {
                    passedOver.add(run.run());
                    absent.addAll(missing);
                }
            }
            var named = passedOver();
            if (targets.isEmpty()) {
                return named ? ExitCode.BAD_INPUT : ExitCode.DONE;
            }
            var code = showAndRemove(targets, yes);
            return named && code == ExitCode.DONE ? ExitCode.BAD_INPUT : code;
        } finally {
            targets.forEach(target -> target.fleet().close());
        }
    }

    /** A simulated node ended with its process, and a run that made no folder has nothing on its hosts but its record. */
    private static NodeSet none() {
        return new NodeSet(new LinkedHashMap<>());
    }

    /** Reports the runs whose hosts are in another inventory; whether one of them was asked for by its id. */
    private boolean passedOver() {
        if (passedOver.isEmpty()) {
            return false;
        }
        terminal.note((passedOver.size() == 1 ? "1 run is" : passedOver.size() + " runs are")
                + " passed over, because the inventory does not have " + String.join(", ", absent)
                + "; give the inventory of these hosts with -i: " + String.join(", ", passedOver));
        return asked;
    }

    private ExitCode showAndRemove(List<Target> targets, boolean yes) throws UsageError, IOException {
        long bytes = 0;
        for (var target : List.copyOf(targets)) {
            var id = target.run().run();
            int silent = unreachable.size();
            var remains = onHosts(target, (node, folders) -> node.remains(id, folders));
            if (unreachable.size() == silent && areOthers(target, remains)) {
                // Two clusters may name their hosts alike, and what is here would be forgotten there.
                terminal.note("Run " + id + " is passed over, because "
                        + String.join(", ", target.run().began().hosts())
                        + " have nothing of it: if they are other machines of the same names, give its own inventory.");
                target.fleet().close();
                targets.remove(target);
                continue;
            }
            terminal.line(RunText.summary(id, target.run().events()));
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
        if (targets.isEmpty()) {
            return asked ? ExitCode.BAD_INPUT : ExitCode.DONE;
        }
        var question = "Remove " + size(bytes) + " of artifacts of "
                + (targets.size() == 1 ? "this run" : targets.size() + " runs") + "? `runbook rollback` cannot roll "
                + (targets.size() == 1 ? "it" : "them") + " back afterwards.";
        if (!yes && !terminal.confirm(question)) {
            return ExitCode.BAD_INPUT;
        }
        unreachable.clear();
        boolean active = false;
        for (var target : targets) {
            var run = target.run().run();
            try (var lock = RunLock.take(store, run, clock).orElse(null)) {
                if (lock == null) {
                    active = true;
                    terminal.problems(List.of(LiveController.active(
                            store, run, RunLock.holder(store, run).orElse("another process"))));
                } else {
                    Touched.mark();
                    remove(target);
                }
            }
        }
        unreachable.forEach(terminal::note);
        return unreachable.isEmpty() && !active ? ExitCode.DONE : ExitCode.PREFLIGHT;
    }

    private boolean areOthers(Target target, Map<String, List<RetainedFolder>> remains) throws UsageError {
        return !inventories.isEmpty()
                && !inventories.stream()
                        .map(path -> path.toAbsolutePath().normalize())
                        .toList()
                        .equals(target.run().ownInventories())
                && !target.fleet().nodes().isEmpty()
                && target.folders().values().stream().anyMatch(folders -> !folders.isEmpty())
                && remains.values().stream().allMatch(List::isEmpty);
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
                            unreachable.add(e.on(host) + "; " + e.next() + "; the artifacts of run "
                                    + target.run().run() + " remain there");
                        }
                        return List.<RetainedFolder>of();
                    }
                })
                .forEach(found::put);
        return found;
    }

    /** All files but the journals and this program's own marks. */
    private List<Path> filesHere(EarlierRun run) throws IOException {
        try (var files = Files.walk(store.folderOf(run.run()))) {
            return files.filter(Files::isRegularFile)
                    .filter(path -> !path.getFileName().toString().startsWith("journal"))
                    .filter(path -> !OWN_FILES.contains(path.getFileName().toString()))
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
