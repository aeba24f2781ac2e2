package dev.runbook.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.node.sim.Fault;
import dev.runbook.node.sim.SimNode;
import dev.runbook.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that its controller left at any point is gone on with by another one, as if nothing had happened. */
class ResumeTest {
    @TempDir
    private Path folder;

    /** A run that nobody disturbed: its events, and how it leaves the hosts. */
    private record Whole(List<RunEvent> events, Map<String, String> look) {
        static Whole of(Setting setting, Plan plan) {
            var fleet = new MemoryFleet(setting.facts());
            var events = new ArrayList<RunEvent>();
            assertThat(fleet.apply(plan, events::add, _ -> {})).isEqualTo(new Outcome.Succeeded());
            return new Whole(events, everything(fleet));
        }
    }

    /** All there is on the nodes, the run's own folders too, but for the numbers of inodes. */
    private static Map<String, String> everything(MemoryFleet fleet) {
        var looks = new TreeMap<String, String>();
        fleet.nodes.forEach((host, node) -> {
            node.tree()
                    .all()
                    .forEach((path, thing) -> looks.put(host + ":" + path, thing.content() + thing.attributes()));
            looks.put(
                    host,
                    node.services().units() + " " + node.services().containers() + " "
                            + fleet.cluster.members().get(host));
        });
        return looks;
    }

    @ParameterizedTest
    @EnumSource
    void fromWhateverPointOfTheJournal(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        var whole = Whole.of(setting, plan);
        for (int prefix = 1; prefix < whole.events().size(); prefix++) {
            for (boolean nodesGoOn : List.of(true, false)) {
                var fleet = new MemoryFleet(setting.facts());
                var path = folder.resolve("journal-" + prefix + nodesGoOn);
                int left = prefix;
                try (var journal = JournalFile.open(path)) {
                    Dying.dies(() -> fleet.apply(plan, new Dying(journal, left, nodesGoOn), _ -> {}));
                }
                var before = JournalFile.fold(JournalFile.read(path));
                goesOn(fleet, path, 2, before, whole, prefix + " events, nodes go on: " + nodesGoOn);
            }
        }
    }

    /** The second controller dies too, wherever it is, and a third one ends it. */
    @ParameterizedTest
    @EnumSource(names = {"STACKED", "EXTERNAL", "FILES"})
    void fromWhateverPointOfASecondAttempt(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        var whole = Whole.of(setting, plan);
        int size = whole.events().size();
        for (int first = 2; first < size; first += Math.max(1, size / 4)) {
            boolean died = true;
            for (int second = 1; died; second++) {
                var fleet = new MemoryFleet(setting.facts());
                var path = folder.resolve("journal-" + first + "-" + second);
                int left = first;
                try (var journal = JournalFile.open(path)) {
                    Dying.dies(() -> fleet.apply(plan, new Dying(journal, left, true), _ -> {}));
                }
                var before = JournalFile.fold(JournalFile.read(path));
                try (var journal = JournalFile.open(path)) {
                    int then = second;
                    died = Dying.dies(() -> fleet.resume(before, new Dying(journal, then, true), 2));
                }
                if (died) {
                    var state = JournalFile.fold(JournalFile.read(path));
                    if (state.phase() != RunState.Phase.ENDED) {
                        goesOn(fleet, path, 3, state, whole, first + " events, then " + second);
                    }
                }
            }
        }
    }

    private static void goesOn(MemoryFleet fleet, Path path, long epoch, RunState before, Whole whole, String what)
            throws IOException {
        try (var journal = JournalFile.open(path)) {
            var outcome = fleet.resume(before, journal, epoch);
            if (before.plan().isEmpty()) {
                // Nothing is done before the plan is written, and without it nobody knows what was to be done.
                assertThat(outcome).as(what).isInstanceOf(Outcome.RolledBack.class);
            } else {
                assertThat(outcome).as(what).isEqualTo(new Outcome.Succeeded());
                assertThat(everything(fleet)).as(what).isEqualTo(whole.look());
            }
        }
        assertThat(fleet.cluster.violations()).as(what).isEmpty();
        assertThat(fleet.locked()).as(what).isFalse();
        assertThat(JournalFile.fold(JournalFile.read(path)).phase()).isEqualTo(RunState.Phase.ENDED);
        Files.delete(path);
    }

    /** A run that had turned round is gone on with in that direction, from whatever point of the way back. */
    @ParameterizedTest
    @EnumSource(names = {"STACKED", "EXTERNAL", "FILES"})
    void furtherBackWhenItHadTurnedRound(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        var host = plan.hosts().getLast();
        int last = MemoryFleet.actionsBeforeCommit(setting.facts(), plan, host) - 1;
        boolean died = true;
        for (int prefix = 2; died; prefix++) {
            var fleet = new MemoryFleet(setting.facts());
            var before = fleet.look();
            fleet.node(host).failAt(last, Fault.FAILED_BEFORE);
            var path = folder.resolve("journal-" + prefix);
            int left = prefix;
            try (var journal = JournalFile.open(path)) {
                died = Dying.dies(() -> fleet.apply(plan, new Dying(journal, left, true), _ -> {}));
            }
            fleet.nodes.values().forEach(SimNode::mend);
            var state = JournalFile.fold(JournalFile.read(path));
            if (state.phase() == RunState.Phase.BACKWARD) {
                try (var journal = JournalFile.open(path)) {
                    assertThat(fleet.resume(state, journal, 2))
                            .isInstanceOfSatisfying(
                                    Outcome.RolledBack.class,
                                    back -> assertThat(back.cause()).isInstanceOf(RunEvent.Cause.ActionFailed.class));
                }
                assertThat(fleet.look()).as(prefix + " events").isEqualTo(before);
                assertThat(fleet.cluster.violations()).isEmpty();
                assertThat(fleet.locked()).isFalse();
            }
            Files.delete(path);
        }
    }
}
