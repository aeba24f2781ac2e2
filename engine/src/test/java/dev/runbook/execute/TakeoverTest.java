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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A controller without any state takes a run over from its nodes, wherever the first one was lost. */
class TakeoverTest {
    @TempDir
    private Path folder;

    /** A fleet whose controller died behind so many events, without its journal. */
    private static MemoryFleet left(Setting setting, Plan plan, int events, boolean nodesContinue) {
        var fleet = new MemoryFleet(setting.facts());
        Dying.dies(() -> fleet.apply(plan, new Dying(_ -> {}, events, nodesContinue), _ -> {}));
        return fleet;
    }

    private static int eventsUntilThePlanIsKept(Whole whole) {
        return 1
                + whole.events().stream()
                        .filter(RunEvent.RunPlanned.class::isInstance)
                        .mapToInt(whole.events()::indexOf)
                        .findFirst()
                        .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void andResumes(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        var whole = Whole.of(setting, plan);
        for (int prefix = eventsUntilThePlanIsKept(whole);
                prefix < whole.events().size() - 1;
                prefix++) {
            for (boolean nodesContinue : List.of(true, false)) {
                var what = prefix + " events, nodes continue: " + nodesContinue;
                var fleet = left(setting, plan, prefix, nodesContinue);
                var host = plan.hosts().getLast();
                assertThat(fleet.takeOver(host)).as(what).isInstanceOfSatisfying(Takeover.Result.Taken.class, taken -> {
                    var events = new ArrayList<>(taken.events());
                    var state = JournalFile.fold(events);
                    assertThat(fleet.resume(() -> fleet.executor(events::add, taken.claim(), state)))
                            .as(what)
                            .isEqualTo(new RunOutcome.Succeeded());
                    assertThat(JournalFile.fold(events).phase()).isEqualTo(RunState.Phase.ENDED);
                });
                assertThat(Whole.everything(fleet)).as(what).isEqualTo(whole.look());
                assertThat(fleet.cluster.violations()).as(what).isEmpty();
                assertThat(fleet.locked()).as(what).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void andRollsBack(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        var whole = Whole.of(setting, plan);
        int committed = whole.events().stream()
                .filter(RunEvent.CommitBegan.class::isInstance)
                .mapToInt(whole.events()::indexOf)
                .findFirst()
                .orElseThrow();
        for (int prefix = eventsUntilThePlanIsKept(whole); prefix <= committed; prefix++) {
            for (boolean nodesContinue : List.of(true, false)) {
                var what = prefix + " events, nodes continue: " + nodesContinue;
                var fleet = left(setting, plan, prefix, nodesContinue);
                var before = new MemoryFleet(setting.facts()).view();
                assertThat(fleet.takeOver(plan.hosts().getFirst()))
                        .as(what)
                        .isInstanceOfSatisfying(
                                Takeover.Result.Taken.class,
                                taken -> assertThat(
                                                fleet.executor(_ -> {}, taken.claim(), JournalFile.fold(taken.events()))
                                                        .rollBack(new RunEvent.Cause.Requested("the test")))
                                        .as(what)
                                        .isInstanceOf(RunOutcome.RolledBack.class));
                assertThat(fleet.view()).as(what).isEqualTo(before);
                assertThat(fleet.cluster.violations()).as(what).isEmpty();
                assertThat(fleet.locked()).as(what).isFalse();
            }
        }
    }

    /** The first controller was lost in its rollback. */
    @ParameterizedTest
    @EnumSource(names = {"STACKED", "EXTERNAL", "FILES"})
    void andGoesFurtherBack(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        var host = plan.hosts().getLast();
        int last = MemoryFleet.actionsBeforeCommit(setting.facts(), plan, host) - 1;
        boolean died = true;
        for (int prefix = 5; died; prefix += 3) {
            var what = prefix + " events";
            var fleet = new MemoryFleet(setting.facts());
            var before = fleet.view();
            fleet.node(host).faults().failAt(last, Fault.FAILED_BEFORE);
            int left = prefix;
            died = Dying.dies(() -> fleet.apply(plan, new Dying(_ -> {}, left, true), _ -> {}));
            fleet.nodes.values().forEach(node -> node.faults().clear());
            if (!died) {
                return;
            }
            assertThat(fleet.takeOver(host)).as(what).isInstanceOfSatisfying(Takeover.Result.Taken.class, taken -> {
                var state = JournalFile.fold(taken.events());
                if (state.phase() == RunState.Phase.BACKWARD) {
                    assertThat(fleet.executor(_ -> {}, taken.claim(), state).resume(List.of()))
                            .as(what)
                            .isInstanceOf(RunOutcome.RolledBack.class);
                    assertThat(fleet.view()).as(what).isEqualTo(before);
                    assertThat(fleet.locked()).as(what).isFalse();
                }
            });
            assertThat(fleet.cluster.violations()).as(what).isEmpty();
        }
    }

    /** With the record on every host that answers, and one that does not, it is unknown whether the run is committed. */
    @Test
    void isRefusedWhereItMayBeCommitted() throws IOException {
        var plan = Setting.EXTERNAL.plan(folder);
        var whole = Whole.of(Setting.EXTERNAL, plan);
        int committed = whole.events().stream()
                .filter(RunEvent.Committed.class::isInstance)
                .mapToInt(whole.events()::indexOf)
                .findFirst()
                .orElseThrow();
        var fleet = left(Setting.EXTERNAL, plan, committed, true);
        var before = Whole.everything(fleet);
        fleet.node("etcd2").reachable(false);
        assertThat(fleet.takeOver("etcd1"))
                .isInstanceOfSatisfying(
                        Takeover.Result.Refused.class,
                        refused -> assertThat(refused.reasons()).singleElement().satisfies(reason -> {
                            assertThat(reason.host()).isEqualTo("etcd2");
                            assertThat(reason.failure().summary()).contains("commit record");
                        }));
        assertThat(Whole.everything(fleet)).isEqualTo(before);
    }

    /** The paused controller resumes: it is fenced, and its journal does not count. */
    @Test
    void leavesNothingToTheControllerOfBefore() throws IOException {
        var plan = Setting.EXTERNAL.plan(folder);
        var events = new ArrayList<RunEvent>();
        var fleet = new MemoryFleet(Setting.EXTERNAL.facts());
        Dying.dies(() -> fleet.apply(plan, new Dying(events::add, 60, true), _ -> {}));
        assertThat(fleet.takeOver("etcd2")).isInstanceOf(Takeover.Result.Taken.class);
        var before = Whole.everything(fleet);

        var state = JournalFile.fold(events);
        for (long epoch : List.of(1L, 2L)) {
            assertThat(fleet.rollBack(state, _ -> {}, epoch)).isInstanceOf(RunOutcome.NotBegun.class);
        }
        assertThat(Whole.everything(fleet)).isEqualTo(before);
    }

    /** The run was taken over, ended, and gave its locks back: a journal that tells less must not begin again. */
    @Test
    void isKnownToAJournalThatEndsEarlier() throws IOException {
        var plan = Setting.EXTERNAL.plan(folder);
        var events = new ArrayList<RunEvent>();
        var fleet = new MemoryFleet(Setting.EXTERNAL.facts());
        Dying.dies(() -> fleet.apply(plan, new Dying(events::add, 60, true), _ -> {}));
        if (fleet.takeOver("etcd2") instanceof Takeover.Result.Taken taken) {
            fleet.executor(_ -> {}, taken.claim(), JournalFile.fold(taken.events()))
                    .resume(List.of());
        }
        var before = Whole.everything(fleet);
        assertThat(fleet.locked()).isFalse();
        assertThat(fleet.rollBack(JournalFile.fold(events), _ -> {}, 2))
                .isInstanceOfSatisfying(
                        RunOutcome.NotBegun.class,
                        refused -> assertThat(refused.reasons())
                                .isNotEmpty()
                                .allSatisfy(reason ->
                                        assertThat(reason.failure().summary()).contains("another controller")));
        assertThat(Whole.everything(fleet)).isEqualTo(before);
        assertThat(fleet.locked()).isFalse();
    }
}
