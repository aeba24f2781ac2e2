package dev.runbook.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.node.sim.Fault;
import dev.runbook.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rollback, done a second time: by a controller that has only the journal, and after a fault of its own. */
class RollbackTest {
    private static final Set<Fault> LOST_LINKS = EnumSet.range(Fault.LOST_BEFORE, Fault.LOST_GOES_ON);
    private static final Set<Fault> FAULTS = EnumSet.range(Fault.REFUSED, Fault.LOST_GOES_ON);

    @TempDir
    private Path folder;

    private static int eventsBeforeTheCommit(Setting setting, Plan plan) {
        var events = new ArrayList<RunEvent>();
        new MemoryFleet(setting.facts()).apply(plan, events::add, _ -> {});
        return events.stream()
                .filter(RunEvent.Committed.class::isInstance)
                .mapToInt(events::indexOf)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void fromWhateverPointOfTheJournal(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        int events = eventsBeforeTheCommit(setting, plan);
        for (int prefix = 1; prefix <= events; prefix++) {
            for (boolean nodesContinue : List.of(true, false)) {
                var fleet = new MemoryFleet(setting.facts());
                var before = fleet.view();
                var journal = new MemoryJournal();
                int left = prefix;
                Dying.dies(() -> fleet.apply(plan, new Dying(journal, left, nodesContinue), _ -> {}));
                var what = prefix + " events, nodes continue: " + nodesContinue;
                takesBack(fleet, journal, 2, what);
                assertThat(fleet.view()).as(what).isEqualTo(before);
                assertThat(fleet.cluster.violations()).as(what).isEmpty();
                assertThat(fleet.locked()).as(what).isFalse();
            }
        }
    }

    /** The second controller dies too, at every point, and a third one ends it. */
    @ParameterizedTest
    @EnumSource(names = {"STACKED", "EXTERNAL", "FILES"})
    void fromEveryPointOfARollback(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        int forward = eventsBeforeTheCommit(setting, plan);
        for (int prefix = 1; ; prefix++) {
            var fleet = new MemoryFleet(setting.facts());
            var before = fleet.view();
            var journal = new MemoryJournal();
            boolean died;
            Dying.dies(() -> fleet.apply(plan, new Dying(journal, forward, true), _ -> {}));
            var state = journal.state();
            int left = prefix;
            died = Dying.dies(() -> fleet.rollBack(state, new Dying(journal, left, true), 2));
            if (!died) {
                return;
            }
            takesBack(fleet, journal, 3, prefix + " events back");
            assertThat(fleet.view()).as(prefix + " events back").isEqualTo(before);
            assertThat(fleet.cluster.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterAFaultOfItsOwn(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        var failing = plan.hosts().getFirst();
        int proof = lastProof(setting, plan, failing);
        for (var host : plan.hosts()) {
            int undos = undos(setting, plan, failing, host);
            for (int number = 0; number < undos; number++) {
                for (var fault : FAULTS) {
                    var fleet = new MemoryFleet(setting.facts());
                    var before = fleet.view();
                    fleet.node(failing).faults().failAt(proof, Fault.FAILED_BEFORE);
                    fleet.node(host).faults().failUndoAt(number, fault);
                    var events = new ArrayList<RunEvent>();
                    var outcome = fleet.apply(plan, events::add, _ -> {});
                    var what =
                            fault + " at the undo " + fleet.node(host).undone().get(number) + " on " + host;
                    var failed = fleet.node(host).undone().get(number);
                    if (LOST_LINKS.contains(fault)) {
                        // A link that comes back is all it takes: the undo is repeated.
                        assertThat(outcome).as(what).isInstanceOf(RunOutcome.RolledBack.class);
                        assertThat(fleet.view()).as(what).isEqualTo(before);
                        continue;
                    }
                    assertThat(outcome).as(what).isInstanceOfSatisfying(RunOutcome.Stuck.class, stuck -> {
                        assertThat(stuck.committed()).isFalse();
                        assertThat(stuck.leftovers()).anySatisfy(left -> {
                            assertThat(left.host()).isEqualTo(host);
                            assertThat(left.what()).isEqualTo(failed);
                            assertThat(left.failure().summary()).isEqualTo("injected");
                        });
                    });
                    assertThat(fleet.locked()).as(what).isTrue();

                    fleet.nodes.values().forEach(node -> node.faults().clear());
                    var state = JournalFile.fold(events);
                    assertThat(fleet.rollBack(state, _ -> {}, 2)).as(what).isInstanceOf(RunOutcome.RolledBack.class);
                    assertThat(fleet.view()).as(what).isEqualTo(before);
                    assertThat(fleet.locked()).as(what).isFalse();
                }
            }
        }
    }

    /** A host is gone with an action in doubt: what could not be checked is not taken for undone. */
    @ParameterizedTest
    @EnumSource
    void afterAHostWasGone(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        var host = plan.hosts().getFirst();
        var counted = new MemoryFleet(setting.facts());
        counted.node(host).faults().failAt(lastProof(setting, plan, host), Fault.FAILED_BEFORE);
        counted.apply(plan);
        for (int number = 0; number < counted.node(host).performed().size(); number++) {
            var fleet = new MemoryFleet(setting.facts());
            var before = fleet.view();
            fleet.node(host).faults().failAt(number, Fault.DIES);
            var events = new ArrayList<RunEvent>();
            var outcome = fleet.apply(plan, events::add, _ -> {});
            var what = "dies at " + fleet.node(host).performed().get(number);
            assertThat(outcome).as(what).isInstanceOf(RunOutcome.Stuck.class);

            fleet.nodes.values().forEach(node -> node.faults().clear());
            assertThat(fleet.rollBack(JournalFile.fold(events), _ -> {}, 2))
                    .as(what)
                    .isInstanceOf(RunOutcome.RolledBack.class);
            assertThat(fleet.view()).as(what).isEqualTo(before);
            assertThat(fleet.locked()).as(what).isFalse();
        }
    }

    private static int lastProof(Setting setting, Plan plan, String host) {
        return MemoryFleet.actionsBeforeCommit(setting.facts(), plan, host) - 1;
    }

    private static int undos(Setting setting, Plan plan, String failing, String host) {
        var fleet = new MemoryFleet(setting.facts());
        fleet.node(failing).faults().failAt(lastProof(setting, plan, failing), Fault.FAILED_BEFORE);
        assertThat(fleet.apply(plan)).isInstanceOf(RunOutcome.RolledBack.class);
        return fleet.node(host).undone().size();
    }

    private static void takesBack(MemoryFleet fleet, MemoryJournal journal, long epoch, String what)
            throws IOException {
        RunState state = journal.state();
        assertThat(fleet.rollBack(state, journal, epoch)).as(what).isInstanceOf(RunOutcome.RolledBack.class);
        assertThat(journal.state().phase()).isEqualTo(RunState.Phase.ENDED);
    }
}
