package dev.runbook.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.journal.RunEvent;
import dev.runbook.node.sim.Fault;
import dev.runbook.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every action of a restore, on every host, goes wrong in every way, one at a time. */
class FaultTest {
    private static final Set<Fault> FAULTS = EnumSet.range(Fault.REFUSED, Fault.FAILED_AFTER);
    private static final Set<Fault> LOST_LINKS = EnumSet.of(Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.LOST_GOES_ON);

    @TempDir
    private Path folder;

    /** How many actions each host has begun when the commit begins, and in all. */
    private record Extent(Map<String, Integer> beforeCommit, Map<String, Integer> inAll) {}

    private static Extent extent(Setting setting, Plan plan) {
        var fleet = new MemoryFleet(setting.facts());
        var before = new HashMap<String, Integer>();
        var outcome = fleet.apply(plan, _ -> {}, event -> {
            if (event instanceof RunEvent.CommitBegan) {
                fleet.nodes.forEach(
                        (host, node) -> before.put(host, node.performed().size()));
            }
        });
        assertThat(outcome).isEqualTo(new RunOutcome.Succeeded());
        assertThat(fleet.cluster.violations()).isEmpty();
        assertThat(fleet.locked()).isFalse();
        var all = new HashMap<String, Integer>();
        fleet.nodes.forEach((host, node) -> all.put(host, node.performed().size()));
        return new Extent(before, all);
    }

    @ParameterizedTest
    @EnumSource
    void beforeTheCommitTheRunIsRolledBack(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        extent(setting, plan).beforeCommit().forEach((host, actions) -> {
            for (int number = 0; number < actions; number++) {
                for (var fault : FAULTS) {
                    var fleet = new MemoryFleet(setting.facts());
                    var before = fleet.view();
                    fleet.node(host).faults().failAt(number, fault);
                    var outcome = fleet.apply(plan);
                    var what = fault + " at " + fleet.node(host).performed().get(number) + " on " + host;
                    assertThat(outcome).as(what).isInstanceOf(RunOutcome.RolledBack.class);
                    assertThat(fleet.view()).as(what).isEqualTo(before);
                    assertThat(fleet.cluster.violations()).as(what).isEmpty();
                    assertThat(fleet.locked()).as(what).isFalse();
                }
            }
        });
    }

    /** Only the connection was lost, before the commit or after it: the run continues as if nothing had happened. */
    @ParameterizedTest
    @EnumSource
    void aLinkThatComesBackIsGoneOnWith(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        var whole = Whole.of(setting, plan);
        extent(setting, plan).inAll().forEach((host, actions) -> {
            for (int number = 0; number < actions; number++) {
                for (var fault : LOST_LINKS) {
                    var fleet = new MemoryFleet(setting.facts());
                    fleet.node(host).faults().failAt(number, fault);
                    var outcome = fleet.apply(plan);
                    var what = fault + " at " + fleet.node(host).performed().get(number) + " on " + host;
                    assertThat(outcome).as(what).isEqualTo(new RunOutcome.Succeeded());
                    assertThat(Whole.everything(fleet)).as(what).isEqualTo(whole.look());
                    assertThat(fleet.cluster.violations()).as(what).isEmpty();
                    assertThat(fleet.locked()).as(what).isFalse();
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void theCauseIsWhatFailedFirst(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        var extent = extent(setting, plan);
        // The last host of them all, while those before it are at work: they are told to give up, and fail for that.
        var host = plan.hosts().getLast();
        for (int number = 0; number < extent.beforeCommit().getOrDefault(host, 0); number++) {
            var fleet = new MemoryFleet(setting.facts());
            int same = number;
            fleet.nodes.values().forEach(node -> node.faults().stallAt(same));
            fleet.node(host).faults().stallAt(-1);
            fleet.node(host).faults().failAt(number, Fault.FAILED_BEFORE);
            assertThat(fleet.apply(plan))
                    .isInstanceOfSatisfying(
                            RunOutcome.RolledBack.class,
                            back -> assertThat(back.cause())
                                    .isInstanceOfSatisfying(RunEvent.Cause.ActionFailed.class, failed -> {
                                        assertThat(failed.host()).isEqualTo(host);
                                        assertThat(failed.failure().summary()).isEqualTo("injected");
                                    }));
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterTheCommitTheOthersContinue(Setting setting) throws IOException {
        var plan = setting.plan(folder);
        var extent = extent(setting, plan);
        var done = new MemoryFleet(setting.facts());
        done.apply(plan);
        extent.inAll().forEach((host, actions) -> {
            for (int number = extent.beforeCommit().getOrDefault(host, 0); number < actions; number++) {
                for (var fault : FAULTS) {
                    var fleet = new MemoryFleet(setting.facts());
                    int same = number;
                    if (fault == Fault.FAILED_BEFORE) {
                        // The others are at work then, and must not be told to give up.
                        fleet.nodes.values().forEach(node -> node.faults().stallAt(same));
                    }
                    fleet.node(host).faults().stallAt(-1);
                    fleet.node(host).faults().failAt(number, fault);
                    var outcome = fleet.apply(plan);
                    var what = fault + " at " + fleet.node(host).performed().get(number) + " on " + host;
                    assertThat(outcome).as(what).isInstanceOfSatisfying(RunOutcome.Stuck.class, stuck -> {
                        assertThat(stuck.committed()).isTrue();
                        assertThat(stuck.leftovers())
                                .isNotEmpty()
                                .allMatch(left -> left.host().equals(host));
                    });
                    fleet.nodes.forEach((name, node) -> {
                        if (!name.equals(host)) {
                            assertThat(node.performed())
                                    .as(what)
                                    .isEqualTo(done.node(name).performed());
                        }
                    });
                    assertThat(fleet.cluster.violations()).as(what).isEmpty();
                    // What is left is for the operator or for a new run, and both need the hosts.
                    assertThat(fleet.locked()).as(what).isFalse();
                }
            }
        });
    }
}
