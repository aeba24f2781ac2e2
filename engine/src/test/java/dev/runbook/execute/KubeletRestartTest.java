package dev.runbook.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.node.sim.Fault;
import dev.runbook.node.sim.SimNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A kubelet that is restarted in an outage removes no pod before an API server answers it: nothing in a run may wait for it
 * to.
 */
class KubeletRestartTest {
    @TempDir
    private Path folder;

    /** After whatever event of the run, on every host; the run then ends well. */
    @ParameterizedTest
    @EnumSource(names = {"STACKED", "STACKED_WITH_THE_KUBELET_KEPT", "STACKED_REPOINTED"})
    void doesNotDisturbARun(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        var whole = Whole.of(setting, plan);
        for (int number = 1; number < whole.events().size(); number++) {
            var fleet = new MemoryFleet(setting.facts());
            var events = new ArrayList<RunEvent>();
            int after = number;
            var outcome = fleet.apply(
                    plan,
                    event -> {
                        events.add(event);
                        if (events.size() == after) {
                            restartKubelets(fleet);
                        }
                    },
                    _ -> {});
            var what = "after event " + number + ", " + whole.events().get(number - 1);
            assertThat(outcome).as(what).isEqualTo(new RunOutcome.Succeeded());
            assertThat(fleet.cluster.violations()).as(what).isEmpty();
        }
    }

    /** In the outage, and the last proof fails. */
    @ParameterizedTest
    @EnumSource(names = {"STACKED", "STACKED_WITH_THE_KUBELET_KEPT", "STACKED_REPOINTED"})
    void doesNotDisturbARollback(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        var host = plan.hosts().getLast();
        int proof = MemoryFleet.actionsBeforeCommit(setting.facts(), plan, host) - 1;
        for (var step : List.of("stop-apiserver", "stop-etcd", "start-etcd")) {
            var fleet = new MemoryFleet(setting.facts());
            var before = fleet.view();
            fleet.node(host).faults().failAt(proof, Fault.FAILED_BEFORE);
            var ending = plan.steps().stream()
                    .filter(planned -> planned.type().equals(step))
                    .findFirst()
                    .orElseThrow()
                    .index();
            var outcome = fleet.apply(
                    plan,
                    event -> {
                        if (event instanceof RunEvent.StepEnded ended && ended.step() == ending) {
                            restartKubelets(fleet);
                        }
                    },
                    _ -> {});
            assertThat(outcome).as(step).isInstanceOf(RunOutcome.RolledBack.class);
            assertThat(fleet.view()).as(step).isEqualTo(before);
            assertThat(fleet.cluster.violations()).as(step).isEmpty();
        }
    }

    /** The controller is lost at whatever point, the kubelets are restarted, and the next one resumes or rolls back. */
    @ParameterizedTest
    @EnumSource(names = {"STACKED", "STACKED_WITH_THE_KUBELET_KEPT"})
    void doesNotDisturbTheNextController(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        int size = Whole.of(setting, plan).events().size();
        for (int prefix = 4; prefix < size; prefix++) {
            for (boolean forward : List.of(true, false)) {
                var fleet = new MemoryFleet(setting.facts());
                var before = fleet.view();
                var journal = new MemoryJournal();
                int left = prefix;
                Dying.dies(() -> fleet.apply(plan, new Dying(journal, left, true), _ -> {}));
                restartKubelets(fleet);
                var state = journal.state();
                var what = prefix + " events, forward: " + forward;
                if (forward || state.phase() == RunState.Phase.COMMITTED) {
                    assertThat(fleet.resume(state, journal, 2)).as(what).isEqualTo(new RunOutcome.Succeeded());
                } else {
                    assertThat(fleet.rollBack(state, journal, 2)).as(what).isInstanceOf(RunOutcome.RolledBack.class);
                    assertThat(fleet.view()).as(what).isEqualTo(before);
                }
                assertThat(fleet.cluster.violations()).as(what).isEmpty();
                assertThat(fleet.locked()).as(what).isFalse();
            }
        }
    }

    private static void restartKubelets(MemoryFleet fleet) {
        fleet.nodes.values().stream().map(SimNode::services).forEach(services -> services.restartKubelet());
    }
}
