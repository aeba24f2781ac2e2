package dev.runbook.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.facts.UnitFacts;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.model.Attributes;
import dev.runbook.model.Question;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.RunProgram;
import dev.runbook.model.action.RunProgram.ProgramEffect;
import dev.runbook.node.Claim;
import dev.runbook.node.ClaimResult;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.sim.Fault;
import dev.runbook.plan.FactEdits;
import dev.runbook.plan.HostPlan;
import dev.runbook.plan.Plan;
import dev.runbook.plan.PlannedStep;
import dev.runbook.plan.SampleFacts;
import dev.runbook.plan.SamplePlans;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an executor does beside a single fault: locks, interrupts, double faults, and what others did meanwhile. */
class ExecutorTest {
    private static final String ETCD = "/etc/kubernetes/manifests/etcd.yaml";

    @TempDir
    private Path folder;

    @Test
    void aHostOfAnotherRunKeepsThisOneFromBeginning() throws IOException, NodeUnreachable {
        var fleet = new MemoryFleet(SampleFacts.stacked());
        var before = fleet.view();
        var granted = fleet.node("cp2").claim(new Claim("20260101-000000-ffff", 1, "you@there", SampleFacts.NOW));
        assertThat(granted).isEqualTo(new ClaimResult.Granted());
        assertThat(fleet.apply(Setting.STACKED.plan(folder)))
                .isInstanceOfSatisfying(
                        RunOutcome.NotBegun.class,
                        notBegun -> assertThat(notBegun.reasons())
                                .singleElement()
                                .satisfies(reason -> {
                                    assertThat(reason.host()).isEqualTo("cp2");
                                    assertThat(reason.failure().summary())
                                            .contains("20260101-000000-ffff", "you@there");
                                }));
        assertThat(fleet.node("cp1").isLocked()).isFalse();
        assertThat(fleet.view()).isEqualTo(before);
    }

    /** A manifest was restored by hand: the run does not overwrite it, however often it is rolled back. */
    @Test
    void changesByHandAreNeitherOverwrittenNorTakenForUndone() throws IOException {
        var fleet = new MemoryFleet(SampleFacts.stacked());
        var before = fleet.view();
        var plan = Setting.STACKED.plan(folder);
        fleet.node("cp2").faults().failAt(lastProof(Setting.STACKED, plan, "cp2"), Fault.FAILED_BEFORE);
        var events = new ArrayList<RunEvent>();
        var done = new AtomicBoolean();
        RunObserver kubeadm = event -> {
            if (event instanceof RunEvent.StepUndoBegan began && began.step() == 4 && !done.getAndSet(true)) {
                fleet.node("cp1").tree().setUp(ETCD, "another", Attributes.PRIVATE_FILE);
            }
        };
        assertThat(fleet.apply(plan, events::add, kubeadm))
                .isInstanceOfSatisfying(
                        RunOutcome.Stuck.class,
                        stuck -> assertThat(stuck.leftovers()).allSatisfy(left -> {
                            assertThat(left.host()).isEqualTo("cp1");
                            assertThat(left.failure().summary()).startsWith("both");
                        }));
        assertThat(fleet.rollBack(JournalFile.fold(events), events::add, 2)).isInstanceOf(RunOutcome.Stuck.class);
        assertThat(fleet.node("cp1").tree().content(ETCD)).contains("another");

        fleet.node("cp1").tree().remove(ETCD);
        assertThat(fleet.rollBack(JournalFile.fold(events), events::add, 3)).isInstanceOf(RunOutcome.RolledBack.class);
        assertThat(fleet.view()).isEqualTo(before);
    }

    /** Two of three may serve the restored data: the old third one stays down, and the API with it. */
    @Test
    void oldMembersStayDownWhileRestoredOnesMayServe() throws IOException {
        var fleet = new MemoryFleet(SampleFacts.external());
        var plan = Setting.EXTERNAL.plan(folder);
        fleet.node("etcd1").faults().failAt(lastProof(Setting.EXTERNAL, plan, "etcd1"), Fault.DIES);
        fleet.node("etcd2").faults().failUndoAt(0, Fault.FAILED_BEFORE);
        var events = new ArrayList<RunEvent>();
        assertThat(fleet.apply(plan, events::add, _ -> {})).isInstanceOf(RunOutcome.Stuck.class);
        assertThat(fleet.cluster.violations()).isEmpty();
        assertThat(fleet.cluster.members()).containsOnlyKeys("etcd1", "etcd2");
        assertThat(fleet.node("cp8").services().containers()).isEmpty();
    }

    /** One of three is lost: the others have a majority of the old cluster, and are rolled back. */
    @Test
    void oneLostHostDoesNotKeepTheOthersDown() throws IOException {
        var fleet = new MemoryFleet(SampleFacts.external());
        var plan = Setting.EXTERNAL.plan(folder);
        fleet.node("etcd1").faults().failAt(lastProof(Setting.EXTERNAL, plan, "etcd1"), Fault.DIES);
        assertThat(fleet.apply(plan))
                .isInstanceOfSatisfying(
                        RunOutcome.Stuck.class,
                        stuck -> assertThat(stuck.leftovers())
                                .allMatch(left -> left.host().equals("etcd1")));
        assertThat(fleet.cluster.hasQuorum("c1")).isTrue();
        assertThat(fleet.node("cp8").services().containers()).contains("kube-apiserver");
    }

    private static int lastProof(Setting setting, Plan plan, String host) {
        return MemoryFleet.actionsBeforeCommit(setting.facts(), plan, host) - 1;
    }

    @Test
    void aRequestToRollBackCountsBeforeTheCommitOnly() throws IOException {
        var plan = Setting.STACKED.plan(folder);
        int commit = plan.steps().stream()
                .filter(PlannedStep::commits)
                .findFirst()
                .orElseThrow()
                .index();
        for (var step : plan.steps()) {
            var fleet = new MemoryFleet(SampleFacts.stacked());
            var before = fleet.view();
            var outcome = fleet.apply(plan, _ -> {}, event -> {
                if (event instanceof RunEvent.StepIntended intended && intended.step() == step.index()) {
                    fleet.interrupt.ask(Interrupt.Request.ROLL_BACK);
                }
            });
            if (step.index() < commit) {
                assertThat(outcome).isInstanceOf(RunOutcome.RolledBack.class);
                assertThat(fleet.view()).isEqualTo(before);
            } else {
                assertThat(outcome).isEqualTo(new RunOutcome.Succeeded());
            }
            assertThat(fleet.cluster.violations()).isEmpty();
        }
    }

    @Test
    void aRequestToStopNowStopsARollbackToo() throws IOException {
        var plan = Setting.STACKED.plan(folder);
        var fleet = new MemoryFleet(SampleFacts.stacked());
        var before = fleet.view();
        fleet.node("cp1").faults().failAt(lastProof(Setting.STACKED, plan, "cp1"), Fault.FAILED_BEFORE);
        var events = new ArrayList<RunEvent>();
        var outcome = fleet.apply(plan, events::add, event -> {
            if (event instanceof RunEvent.StepUndoBegan began && began.step() == 5) {
                fleet.interrupt.ask(Interrupt.Request.STOP_NOW);
            }
        });
        assertThat(outcome).isInstanceOf(RunOutcome.Interrupted.class);
        assertThat(fleet.locked()).isTrue();
        assertThat(events).noneMatch(event -> event instanceof RunEvent.StepUndoBegan began && began.step() < 5);

        var second = new MemoryFleet(fleet);
        assertThat(second.rollBack(JournalFile.fold(events), events::add, 2)).isInstanceOf(RunOutcome.RolledBack.class);
        assertThat(second.view()).isEqualTo(before);
    }

    @Test
    void aCommittedRunIsNeverRolledBack() throws IOException {
        var plan = Setting.STACKED.plan(folder);
        var fleet = new MemoryFleet(SampleFacts.stacked());
        fleet.node("cp1").faults().failAt(lastProof(Setting.STACKED, plan, "cp1") + 1, Fault.FAILED_BEFORE);
        var events = new ArrayList<RunEvent>();
        assertThat(fleet.apply(plan, events::add, _ -> {})).isInstanceOf(RunOutcome.Stuck.class);
        var state = JournalFile.fold(events);
        assertThat(state.phase()).isEqualTo(RunState.Phase.COMMITTED);
        assertThat(state.after(new RunEvent.CommitBegan(SampleFacts.NOW, 11)).phase())
                .isEqualTo(RunState.Phase.COMMITTED);
        assertThatThrownBy(() -> fleet.rollBack(state, _ -> {}, 2)).hasMessageContaining("committed");
    }

    /** A unit that did not run before is neither started nor waited for in a rollback, known or not when planning. */
    @Test
    void aUnitThatWasStoppedAlreadyStaysStopped() throws IOException {
        var known = FactEdits.everywhere(
                SampleFacts.stacked(),
                FactEdits.unit(new UnitFacts("haproxy.service", Map.of("ActiveState", "inactive"), false)));
        for (var facts : List.of(known, SampleFacts.stacked())) {
            var plan = new SamplePlans(folder, facts).planned("""
                - service: {name: haproxy, state: stopped}
                - service: {name: kubelet, state: started}
                - command: {argv: [touch, /there], undo: [rm, /there]}
                - commit:
                """);
            var fleet = new MemoryFleet(known);
            var before = fleet.view();
            int last = MemoryFleet.actionsBeforeCommit(known, plan, "cp1") - 1;
            fleet.node("cp1").faults().failAt(last, Fault.FAILED_AFTER);
            assertThat(fleet.apply(plan)).isInstanceOf(RunOutcome.RolledBack.class);
            assertThat(fleet.view()).isEqualTo(before);
        }
    }

    /** Asked once, before the step; whoever does not say yes in time said no. */
    @Test
    void continuesOnlyWhenConfirmed() {
        var asked = new ArrayList<String>();
        assertThat(asking(Duration.ofMinutes(1), question -> {
                    asked.add(question.text());
                    return CompletableFuture.completedFuture(true);
                }))
                .isInstanceOf(RunOutcome.Succeeded.class);
        assertThat(asked).containsExactly("Really?");
        assertThat(why(asking(Duration.ofMinutes(1), _ -> CompletableFuture.completedFuture(false))))
                .isEqualTo("not confirmed in step 2, Ask");
        assertThat(why(asking(Duration.ofMillis(50), _ -> new CompletableFuture<>())))
                .isEqualTo("not confirmed in step 2, Ask");
    }

    private static String why(RunOutcome outcome) {
        return outcome instanceof RunOutcome.RolledBack(RunEvent.Cause.Requested(var by)) ? by : outcome.toString();
    }

    private static RunOutcome asking(Duration limit, Operator person) {
        var touch = new RunProgram(
                List.of("touch", "/it"),
                java.util.Optional.empty(),
                Duration.ofSeconds(1),
                new ProgramEffect.Undone(List.of("rm", "/it")));
        var hosts = new LinkedHashMap<String, HostPlan>();
        hosts.put("cp1", new HostPlan(List.of(touch), List.of(), List.of()));
        var nothing = new LinkedHashMap<String, HostPlan>();
        nothing.put("cp1", new HostPlan(List.of(), List.of(), List.of()));
        var question = java.util.Optional.of(new Question("Really?", limit));
        var facts = SampleFacts.stacked();
        var steps = List.of(
                new PlannedStep(0, "Touch", "command", hosts, false, true),
                new PlannedStep(1, "Ask", "confirm", nothing, false, true, question));
        var fleet = new MemoryFleet(facts);
        var before = fleet.view();
        var outcome = fleet.apply(new Plan(SamplePlans.RUN, "Touch", steps, facts, List.of()), person);
        if (outcome instanceof RunOutcome.RolledBack) {
            assertThat(fleet.view()).isEqualTo(before);
        }
        return outcome;
    }

    /** Nodes tell programs apart by their number: an undo must have the same one in every attempt, and no other's. */
    @Test
    void undoProgramsRunOnceEachOverTwoAttempts() {
        var touches = new ArrayList<Action>();
        for (int number = 0; number < 4; number++) {
            touches.add(new RunProgram(
                    List.of("touch", "/" + number),
                    java.util.Optional.empty(),
                    Duration.ofSeconds(1),
                    new ProgramEffect.Undone(List.of("rm", "/" + number))));
        }
        var hosts = new LinkedHashMap<String, HostPlan>();
        hosts.put("cp1", new HostPlan(touches, List.of(), List.of()));
        var facts = SampleFacts.stacked();
        var plan = new Plan(
                SamplePlans.RUN,
                "Touch",
                List.of(new PlannedStep(0, "Touch", "command", hosts, false, true)),
                facts,
                List.of());
        for (int undo = 0; undo < 3; undo++) {
            var fleet = new MemoryFleet(facts);
            var before = fleet.view();
            fleet.node("cp1").faults().failAt(3, Fault.REFUSED);
            fleet.node("cp1").faults().failUndoAt(undo, Fault.FAILED_BEFORE);
            var events = new ArrayList<RunEvent>();
            assertThat(fleet.apply(plan, events::add, _ -> {})).isInstanceOf(RunOutcome.Stuck.class);
            fleet.node("cp1").faults().clear();
            assertThat(fleet.rollBack(JournalFile.fold(events), _ -> {}, 2)).isInstanceOf(RunOutcome.RolledBack.class);
            assertThat(fleet.view()).isEqualTo(before);
        }
    }
}
