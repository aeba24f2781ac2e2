package dev.runbook.cli.demo;

import dev.runbook.cli.apply.ApplyRun;
import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.inventory.SimulatedNodes;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.ReportCollector;
import dev.runbook.cli.terminal.ScratchFolder;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.load.Loader;
import dev.runbook.model.EtcdAccess;
import dev.runbook.node.MemberUnreachable;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.sim.SimFleet;
import dev.runbook.node.sim.SimNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The demo on simulated nodes: the same backup and restore, by the same engine, with a real snapshot file. */
final class SimulatedDemo {
    private static final EtcdAccess OWN = new EtcdAccess("127.0.0.1", 2379, Optional.empty());

    private final Terminal terminal;
    private final Path home;

    SimulatedDemo(Terminal terminal, Path home) {
        this.terminal = terminal;
        this.home = home;
    }

    ExitCode show() throws UsageError, IOException {
        try (var folder = ScratchFolder.create("runbook-demo-")) {
            return show(folder.path());
        }
    }

    private ExitCode show(Path folder) throws UsageError, IOException {
        var style = terminal.style();
        var inventories = List.of(home.resolve("inventory/simulated.yml"));
        var loaded = Loader.inventory(TargetOptions.inventoryRequest(inventories));
        if (!loaded.problems().isEmpty()) {
            terminal.problems(loaded.problems());
            return ExitCode.BAD_INPUT;
        }
        var sim = SimulatedNodes.fleet(loaded.inventory().hosts());
        var run = new ApplyRun(
                ReportCollector.none(terminal, Clock.systemUTC()),
                Clock.systemUTC(),
                RunStore.at(folder.resolve("state")),
                (hosts, password, options) -> sim.asNodes());
        terminal.line(style.bold("1. Three nodes") + " of a stacked control plane, all simulated");
        sim.cluster().put(DemoCommand.BEFORE, "{}");

        terminal.line("");
        terminal.line(style.bold("2. A snapshot")
                + ": runbook apply runbooks/backup.yml -i inventory/simulated.yml -e to=snapshot.db");
        var snapshot = folder.resolve("snapshot.db");
        var backup = apply(run, "backup.yml", inventories, "to=" + snapshot, false);
        if (backup != ExitCode.DONE) {
            return backup;
        }

        terminal.line("");
        terminal.line(style.bold("3. A change") + " that the restore must remove: " + DemoCommand.AFTER);
        sim.cluster().put(DemoCommand.AFTER, "{}");

        terminal.line("");
        terminal.line(style.bold("4. The restore")
                + ": runbook apply runbooks/restore.yml -i inventory/simulated.yml -e snapshot=snapshot.db");
        var restore = apply(run, "restore.yml", inventories, "snapshot=" + snapshot, true);
        return restore == ExitCode.DONE ? showResult(sim) : restore;
    }

    private ExitCode apply(ApplyRun run, String runbook, List<Path> inventories, String value, boolean whole)
            throws UsageError, IOException {
        return run.apply(
                DemoCommand.request(home, runbook, inventories, value),
                new ConnectionOptions().simulate(true),
                new ApplyRun.Settings(true, whole, whole));
    }

    private ExitCode showResult(SimFleet sim) {
        var style = terminal.style();
        terminal.line("");
        terminal.line(style.bold("5. The keys of every member now"));
        boolean restored = true;
        for (var node : sim.nodes().values()) {
            boolean before = has(node, DemoCommand.BEFORE);
            boolean after = has(node, DemoCommand.AFTER);
            restored &= before && !after;
            terminal.line(
                    "   " + node.name() + ": " + (before ? "has" : "LACKS") + " what was written before the snapshot, "
                            + (after ? "STILL HAS" : "no longer has") + " what was written after it");
        }
        sim.cluster().violations().forEach(terminal::note);
        restored &= sim.cluster().violations().isEmpty();
        terminal.line("");
        terminal.line(
                restored
                        ? style.green("The restore did what the plan said")
                                + ", on simulated nodes. On real etcd members in" + " containers: ./runbook demo"
                        : style.red("The restore did not do what the plan said."));
        return restored ? ExitCode.DONE : ExitCode.STUCK;
    }

    private static boolean has(SimNode node, String key) {
        try (var reader = node.openMember(OWN)) {
            return reader.value(key).isPresent();
        } catch (MemberUnreachable | NodeUnreachable e) {
            throw new IllegalStateException("a member of a verified simulated cluster does not answer", e);
        }
    }
}
