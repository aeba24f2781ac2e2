package dev.runbook.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.journal.RunState;
import dev.runbook.node.Claim;
import dev.runbook.node.Node;
import dev.runbook.node.NodeSet;
import dev.runbook.node.sim.Fault;
import dev.runbook.plan.FactEdits;
import dev.runbook.plan.Plan;
import dev.runbook.plan.SampleFacts;
import dev.runbook.plan.SamplePlans;
import dev.runbook.report.outage.Outage;
import dev.runbook.report.outage.OutageForecast;
import dev.runbook.report.outage.OutagePhase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a restore is without an API, in the time of simulated nodes, and what it does about members that lead or hang. */
class MembersInTurnTest {
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(18);

    @TempDir
    private Path folder;

    /** kubeadm's manifests turn the initial corruption check on. */
    private static ClusterFacts checking() {
        return FactEdits.everywhere(
                SampleFacts.stacked(), FactEdits.flag("experimental-initial-corrupt-check", "true"));
    }

    private Plan shipped(ClusterFacts facts, String runbook) throws IOException {
        var plans = new SamplePlans(folder, facts);
        return SamplePlans.planned(plans.shipped(runbook, plans.snapshotValue()));
    }

    private static Outage measure(MemoryFleet fleet, Plan plan, RunOutcome expected) {
        var outage = new Outage();
        var executor = new Executor(
                new NodeSet(new LinkedHashMap<String, Node>(fleet.nodes)),
                _ -> {},
                outage::accept,
                fleet.cluster.time(),
                fleet.interrupt,
                new Claim(SamplePlans.RUN.id(), 1, "me@here", SampleFacts.NOW),
                RunState.initial());
        assertThat(executor.apply(plan, MemoryFleet.CALL, List::of)).isEqualTo(expected);
        assertThat(fleet.cluster.violations()).isEmpty();
        return outage;
    }

    private static Outage measure(ClusterFacts facts, Plan plan) {
        return measure(new MemoryFleet(facts), plan, new RunOutcome.Succeeded());
    }

    private static Duration of(Outage outage, OutagePhase phase) {
        return outage.phases().getOrDefault(phase, Duration.ZERO);
    }

    @Test
    void theOutageIsShortAndPredicted() throws IOException {
        for (var facts : List.of(SampleFacts.stacked(), checking())) {
            var plan = shipped(facts, "restore.yml");
            var length = measure(facts, plan).length().orElseThrow();
            assertThat(length).isLessThan(LONGEST_OUTAGE);
            assertThat(OutageForecast.of(plan, Optional.empty()).orElseThrow().length())
                    .isBetween(length.minusSeconds(2), length.plusSeconds(2));
        }
    }

    @Test
    void aKubeletThatIsKeptCostsItsGraceAndItsScans() throws IOException {
        var plan = Setting.STACKED_WITH_THE_KUBELET_KEPT.plan(folder);
        var outage = measure(SampleFacts.stacked(), plan);
        assertThat(of(outage, OutagePhase.STOP_API)).isGreaterThan(Duration.ofSeconds(30));
        assertThat(of(outage, OutagePhase.STOP_MEMBERS)).isGreaterThan(Duration.ofSeconds(7));
        assertThat(of(outage, OutagePhase.START_API)).isLessThan(Duration.ofSeconds(9));
        assertThat(OutageForecast.of(plan, Optional.empty()).orElseThrow().length())
                .isBetween(Duration.ofSeconds(45), outage.length().orElseThrow());
    }

    /** Whoever leads when, no leader hands over to a member that stops too. */
    @Test
    void anotherLeaderThanPlannedCostsOneHandOver() throws IOException {
        for (var runbook : List.of("restore.yml", "restore-external.yml")) {
            var facts = runbook.equals("restore.yml") ? SampleFacts.stacked() : SampleFacts.external();
            var plan = shipped(facts, runbook);
            for (var host : plan.hosts()) {
                int actions = MemoryFleet.actionsBeforeCommit(facts, plan, host);
                for (int number = 0; number < actions; number += 3) {
                    var fleet = new MemoryFleet(facts);
                    fleet.node(host).faults().failAt(number, Fault.LEADER_CHANGES);
                    assertThat(of(measure(fleet, plan, new RunOutcome.Succeeded()), OutagePhase.STOP_MEMBERS))
                            .as(host + " " + number)
                            .isLessThan(Duration.ofSeconds(3));
                }
            }
        }
    }

    /** The others wait for it in vain, and all are rolled back. */
    @Test
    void aMemberThatNeverServesRollsTheRunBack() throws IOException {
        var plan = shipped(checking(), "restore.yml");
        for (var host : plan.hosts()) {
            for (int number : startsOf(plan, host)) {
                var fleet = new MemoryFleet(checking());
                var before = fleet.view();
                fleet.node(host).faults().failAt(number, Fault.MEMBER_HANGS);
                var what = fleet.apply(plan);
                assertThat(what).as(host + " " + number).isInstanceOf(RunOutcome.RolledBack.class);
                assertThat(fleet.view()).isEqualTo(before);
                assertThat(fleet.cluster.violations()).isEmpty();
            }
        }
    }

    /** Numbers of the actions of a host from the one on that starts its member. */
    private static List<Integer> startsOf(Plan plan, String host) {
        int number = 0;
        var numbers = new java.util.ArrayList<Integer>();
        boolean runs = false;
        for (var step : plan.steps()) {
            for (var action : step.actionsOn(host)) {
                if (action.direction().forward()) {
                    runs |= step.type().equals("start-etcd") && action.kind().equals("StartUnit");
                    if (runs && step.type().equals("start-etcd")) {
                        numbers.add(number);
                    }
                    number++;
                }
            }
        }
        return numbers;
    }
}
