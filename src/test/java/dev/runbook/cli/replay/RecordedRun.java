package dev.runbook.cli.replay;

import dev.runbook.cli.FaultsExternalTest;
import dev.runbook.cli.FaultsStackedTest;
import dev.runbook.cli.InjectedFault;
import dev.runbook.journal.RunEvent.Ending;
import dev.runbook.model.Attributes;
import dev.runbook.node.sim.SimNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A recorded run of a real fleet, to compare simulated nodes with.
 *
 * @param runbook the shipped one
 * @param fault the real fault
 * @param injection the same fault on simulated nodes
 */
public record RecordedRun(
        String name,
        boolean stacked,
        String runbook,
        Optional<InjectedFault> fault,
        Injection injection,
        Ending ending) {
    private static final Attributes FILE = new Attributes("0644", 0, 0);
    private static final Attributes FOLDER = new Attributes("0755", 0, 0);

    /** A fault on simulated nodes. */
    public sealed interface Injection {
        record None() implements Injection {}

        /** The action that failed on the real node fails in the same way. */
        record InAction(dev.runbook.node.sim.Fault fault) implements Injection {}

        /** The change that the fault step of the runbook made on the node, given the run's id. */
        record OnNode(BiConsumer<SimNode, String> change) implements Injection {}
    }

    public static List<RecordedRun> external() {
        return List.of(
                whole("external-backup", false, "backup.yml"),
                failed(
                        "external-tool-fails",
                        "etcdutl fails halfway",
                        new Injection.InAction(dev.runbook.node.sim.Fault.FAILED_HALFWAY)),
                failed(
                        "external-configuration-edited",
                        "an operator edits the configuration",
                        new Injection.OnNode((node, run) -> node.tree()
                                .setUp(
                                        "/etc/default/etcd",
                                        node.tree().content("/etc/default/etcd").orElseThrow() + "# mine\n",
                                        FILE))),
                failed(
                        "external-etcd-does-not-start",
                        "a restored database is damaged",
                        new Injection.OnNode((node, run) -> node.tree().spoil("/var/lib/etcd/default/member"))),
                new RecordedRun(
                        "external-disk-full",
                        false,
                        "restore-external.yml",
                        Optional.of(FaultsExternalTest.diskFull()),
                        new Injection.InAction(dev.runbook.node.sim.Fault.DISK_FULL),
                        Ending.ROLLED_BACK),
                whole("external-restore", false, "restore-external.yml"));
    }

    public static List<RecordedRun> stackedRuns() {
        return List.of(
                new RecordedRun(
                        "stacked-switch-target-taken",
                        true,
                        "restore.yml",
                        fault(FaultsStackedTest.everyFault(), "the place for the old data is taken"),
                        new Injection.OnNode((node, run) ->
                                node.tree().setUp("/var/lib/etcd.runbook-" + run + "/old", "folder", FOLDER)),
                        Ending.ROLLED_BACK),
                new RecordedRun(
                        "stacked-program-fails",
                        true,
                        "restore.yml",
                        fault(FaultsStackedTest.everyFault(), "a program fails while everything is stopped"),
                        new Injection.InAction(dev.runbook.node.sim.Fault.FAILED_BEFORE),
                        Ending.ROLLED_BACK),
                whole("stacked-restore", true, "restore.yml"));
    }

    public static Stream<RecordedRun> all() {
        return Stream.concat(external().stream(), stackedRuns().stream());
    }

    private static RecordedRun whole(String name, boolean stacked, String runbook) {
        return new RecordedRun(name, stacked, runbook, Optional.empty(), new Injection.None(), Ending.SUCCEEDED);
    }

    private static RecordedRun failed(String name, String fault, Injection injection) {
        return new RecordedRun(
                name,
                false,
                "restore-external.yml",
                fault(FaultsExternalTest.faults(), fault),
                injection,
                Ending.ROLLED_BACK);
    }

    private static Optional<InjectedFault> fault(Stream<InjectedFault> faults, String title) {
        return Optional.of(faults.filter(fault -> fault.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no fault has the title \"" + title + "\"")));
    }

    @Override
    public String toString() {
        return name;
    }
}
