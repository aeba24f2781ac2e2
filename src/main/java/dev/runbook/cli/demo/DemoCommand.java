package dev.runbook.cli.demo;

import dev.runbook.cli.apply.ApplyRun;
import dev.runbook.cli.apply.RunStore;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.ReportCollector;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.fleet.DebianSuite;
import dev.runbook.fleet.Fleet;
import dev.runbook.fleet.FleetException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runbook demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts three real etcd members in containers on this machine, or simulated ones, backs them up,"
                + " writes a key, restores, and shows the result.")
public final class DemoCommand implements Callable<Integer> {
    static final String BEFORE = "/registry/configmaps/default/written-before-the-snapshot";
    static final String AFTER = "/registry/configmaps/default/written-after-the-snapshot";

    @Option(
            names = "--install",
            description = "First install and start a container engine, as root on Debian (runs fleet/setup).")
    boolean install;

    @Option(
            names = "--simulate",
            description =
                    "Use simulated nodes, which takes a second or two. The default if no container engine answers.")
    boolean simulate;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws Exception {
        var terminal = Terminal.ofProcess(output);
        var home = Path.of(Optional.ofNullable(System.getenv("RUNBOOK_HOME")).orElse("."));
        if (simulate) {
            return new SimulatedDemo(terminal, home).show().number();
        }
        if (install && !setUp(home)) {
            return ExitCode.PREFLIGHT.number();
        }
        if (!Fleet.engineAnswers()) {
            terminal.note("No container engine answers here, so the demo uses simulated nodes. For real etcd members"
                    + " in containers: ./runbook demo --install (as root on Debian).");
            return new SimulatedDemo(terminal, home).show().number();
        }
        terminal.line(terminal.style().bold("1. Three nodes") + " with sshd, systemd and a TLS member of etcd each");
        try (var fleet = Fleet.external(DebianSuite.TRIXIE, 3, progress -> terminal.line("   " + progress))) {
            return show(terminal, home, fleet).number();
        } catch (FleetException e) {
            terminal.note("runbook: " + e.getMessage());
            terminal.note(
                    "The demo needs a container engine. `./runbook demo --install` installs and starts one on Debian"
                            + " (as root).");
            return ExitCode.PREFLIGHT.number();
        }
    }

    private static boolean setUp(Path home) throws IOException, InterruptedException {
        var setup = new ProcessBuilder(home.resolve("fleet/setup").toString())
                .inheritIO()
                .start();
        return setup.waitFor() == 0;
    }

    private ExitCode show(Terminal terminal, Path home, Fleet fleet) throws UsageError, IOException {
        var style = terminal.style();
        // The demo's runs end with its nodes, and `runbook runs` does not list them.
        var run = new ApplyRun(
                ReportCollector.none(terminal, Clock.systemUTC()),
                Clock.systemUTC(),
                RunStore.at(fleet.directory().resolve("state")));
        var connections = ConnectionOptions.trusting(fleet.directory().resolve("known_hosts"));
        var inventories = List.of(fleet.inventory());
        fleet.put(BEFORE, "{}");

        terminal.line("");
        terminal.line(
                style.bold("2. A snapshot") + ": runbook apply runbooks/backup.yml -i INVENTORY -e to=snapshot.db");
        var snapshot = fleet.directory().resolve("snapshot.db");
        var backup = run.apply(
                request(home, "backup.yml", inventories, "to=" + snapshot),
                connections,
                new ApplyRun.Settings(true, false, false));
        if (backup != ExitCode.DONE) {
            return backup;
        }

        terminal.line("");
        terminal.line(style.bold("3. A change") + " that the restore must remove: " + AFTER);
        fleet.put(AFTER, "{}");

        terminal.line("");
        terminal.line(style.bold("4. The restore")
                + ": runbook apply runbooks/restore-external.yml -i INVENTORY -e snapshot=snapshot.db");
        var restore = run.apply(
                request(home, "restore-external.yml", inventories, "snapshot=" + snapshot),
                connections,
                new ApplyRun.Settings(true, true, true));
        if (restore != ExitCode.DONE) {
            return restore;
        }

        terminal.line("");
        terminal.line(style.bold("5. The keys of every member now"));
        boolean restored = true;
        for (var node : fleet.nodes()) {
            boolean before = fleet.get(node, BEFORE).isPresent();
            boolean after = fleet.get(node, AFTER).isPresent();
            restored &= before && !after;
            terminal.line(
                    "   " + node.name() + ": " + (before ? "has" : "LACKS") + " what was written before the snapshot, "
                            + (after ? "STILL HAS" : "no longer has") + " what was written after it");
        }
        terminal.line("");
        terminal.line(
                restored
                        ? style.green("The restore did what the plan said.") + " Cleaning up."
                        : style.red("The restore did not do what the plan said."));
        return restored ? ExitCode.DONE : ExitCode.STUCK;
    }

    static dev.runbook.load.Request request(Path home, String runbook, List<Path> inventories, String value) {
        return TargetOptions.request(
                home.resolve("runbooks").resolve(runbook), inventories, List.of(value), Optional.empty(), List.of());
    }
}
