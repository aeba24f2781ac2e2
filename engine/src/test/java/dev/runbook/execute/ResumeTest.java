package dev.runbook.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.node.sim.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that its controller left at any point is resumed by another one, as if nothing had happened. */
class ResumeTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void fromWhateverPointOfTheJournal(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        var whole = Whole.of(setting, plan);
        for (int prefix = 1; prefix < whole.events().size(); prefix++) {
            for (boolean nodesContinue : List.of(true, false)) {
                var fleet = new MemoryFleet(setting.facts());
                var journal = new MemoryJournal();
                int left = prefix;
                Dying.dies(() -> fleet.apply(plan, new Dying(journal, left, nodesContinue), _ -> {}));
                var before = journal.state();
                resumes(fleet, journal, 2, before, whole, prefix + " events, nodes continue: " + nodesContinue);
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
            for (int second = 1; died; second += 2) {
                var fleet = new MemoryFleet(setting.facts());
                var journal = new MemoryJournal();
                int left = first;
                Dying.dies(() -> fleet.apply(plan, new Dying(journal, left, true), _ -> {}));
                var before = journal.state();
                int then = second;
                died = Dying.dies(() -> fleet.resume(before, new Dying(journal, then, true), 2));
                if (died) {
                    var state = journal.state();
                    if (state.phase() != RunState.Phase.ENDED) {
                        resumes(fleet, journal, 3, state, whole, first + " events, then " + second);
                    }
                }
            }
        }
    }

    private static void resumes(
            MemoryFleet fleet, MemoryJournal journal, long epoch, RunState before, Whole whole, String what)
            throws IOException {
        var outcome = fleet.resume(before, journal, epoch);
        if (before.plan().isEmpty()) {
            // Nothing is done before the plan is written, and without it the intended actions are unknown.
            assertThat(outcome).as(what).isInstanceOf(RunOutcome.RolledBack.class);
        } else {
            assertThat(outcome).as(what).isEqualTo(new RunOutcome.Succeeded());
            assertThat(Whole.everything(fleet)).as(what).isEqualTo(whole.look());
        }
        assertThat(fleet.cluster.violations()).as(what).isEmpty();
        assertThat(fleet.locked()).as(what).isFalse();
        assertThat(journal.state().phase()).isEqualTo(RunState.Phase.ENDED);
    }

    /** A run in its rollback is resumed in that direction, from whatever point. */
    @ParameterizedTest
    @EnumSource(names = {"STACKED", "EXTERNAL", "FILES"})
    void furtherBackWhenItHadTurnedRound(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        var host = plan.hosts().getLast();
        int last = MemoryFleet.actionsBeforeCommit(setting.facts(), plan, host) - 1;
        boolean died = true;
        for (int prefix = 2; died; prefix += 2) {
            var fleet = new MemoryFleet(setting.facts());
            var before = fleet.view();
            fleet.node(host).faults().failAt(last, Fault.FAILED_BEFORE);
            var journal = new MemoryJournal();
            int left = prefix;
            died = Dying.dies(() -> fleet.apply(plan, new Dying(journal, left, true), _ -> {}));
            fleet.nodes.values().forEach(node -> node.faults().clear());
            var state = journal.state();
            if (state.phase() == RunState.Phase.BACKWARD) {
                assertThat(fleet.resume(state, journal, 2))
                        .isInstanceOfSatisfying(
                                RunOutcome.RolledBack.class,
                                back -> assertThat(back.cause()).isInstanceOf(RunEvent.Cause.ActionFailed.class));
                assertThat(fleet.view()).as(prefix + " events").isEqualTo(before);
                assertThat(fleet.cluster.violations()).isEmpty();
                assertThat(fleet.locked()).isFalse();
            }
        }
    }
}
