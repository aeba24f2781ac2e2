package dev.runbook.node.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.etcd.snapshot.LiveKeys;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.Fingerprint;
import dev.runbook.facts.LiveMember;
import dev.runbook.model.ActionResult;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.action.TransferAction;
import dev.runbook.node.Batch;
import dev.runbook.node.Node;
import dev.runbook.node.NodeSet;
import dev.runbook.plan.SamplePlans;
import dev.runbook.survey.ClusterSurvey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulated clusters look to a survey as real ones do, and plans can be made on what it finds. */
class SimBlueprintTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path folder;

    private static SimFleet stacked() {
        var hosts = IntStream.rangeClosed(1, 3)
                .mapToObj(number -> new SimHost("cp" + number, "10.0.0." + number, true, true))
                .toList();
        return new SimBlueprint(hosts, SimBlueprint.USUAL_VERSION).build(NOW);
    }

    private static SimFleet external() {
        return new SimBlueprint(
                        List.of(
                                new SimHost("etcd1", "10.0.0.1", true, false),
                                new SimHost("etcd2", "10.0.0.2", true, false),
                                new SimHost("etcd3", "10.0.0.3", true, false),
                                new SimHost("cp8", "10.0.0.8", false, true)),
                        SimBlueprint.USUAL_VERSION)
                .build(NOW);
    }

    private static ClusterFacts look(SimFleet sim, Map<String, List<String>> groups) {
        var fleet = new NodeSet(new LinkedHashMap<String, Node>(sim.nodes()));
        return switch (ClusterSurvey.survey(fleet, groups, sim.cluster().time())) {
            case ClusterSurvey.Result.Surveyed(var facts) -> facts;
            case ClusterSurvey.Result.Unreachable(var problems, var _) -> throw new AssertionError(problems.toString());
        };
    }

    private static ClusterFacts stackedFacts() {
        var hosts = List.of("cp1", "cp2", "cp3");
        return look(stacked(), Map.of("etcd", hosts, "kube_control_plane", hosts));
    }

    @Test
    void aStackedClusterIsFound() {
        assertThat(stackedFacts().hosts().values()).hasSize(3).allSatisfy(host -> {
            assertThat(host.problems()).isEmpty();
            assertThat(host.clockSkew()).isZero();
            assertThat(host.certificates()).hasSizeGreaterThan(5);
            assertThat(host.manifests().orElseThrow().manifests()).hasSize(4);
            assertThat(host.manifests().orElseThrow().strangers()).isEmpty();
            assertThat(host.containers()).hasSize(4);
            var member = host.member().orElseThrow();
            assertThat(member.data().databaseBytes()).isPositive();
            assertThat(member.data().walBytes()).isPositive();
            assertThat(member.live()).isInstanceOfSatisfying(LiveMember.Answers.class, live -> {
                assertThat(live.members()).hasSize(3);
                assertThat(live.apiServers()).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3");
                assertThat(live.leaderId()).isPresent();
            });
        });
    }

    @Test
    void theShippedRestoresCanBePlannedOnThem() throws IOException {
        var plans = new SamplePlans(folder, stackedFacts());
        var stacked = SamplePlans.planned(plans.shipped("restore.yml", plans.snapshotValue()));
        assertThat(stacked.steps()).hasSize(12);
        var groups = Map.of("etcd", List.of("etcd1", "etcd2", "etcd3"), "kube_control_plane", List.of("cp8"));
        var external = new SamplePlans(Files.createDirectory(folder.resolve("external")), look(external(), groups));
        var plan = SamplePlans.planned(external.shipped("restore-external.yml", external.snapshotValue()));
        assertThat(plan.warnings()).isEmpty();
    }

    /** Facts that were recorded make nodes that a survey finds as they were. */
    @Test
    void nodesOfFactsLookAsTheFactsTell() {
        var groups = Map.of("etcd", List.of("etcd1", "etcd2", "etcd3"), "kube_control_plane", List.of("cp8"));
        for (var facts : List.of(stackedFacts(), look(external(), groups))) {
            var again = look(SimFleet.of(facts), facts.groups());
            facts.hosts().forEach((name, host) -> {
                assertThat(Fingerprint.of(host).differences(Fingerprint.of(again.of(name))))
                        .as(name)
                        .isEmpty();
                assertThat(again.of(name).problems()).isEmpty();
                assertThat(again.of(name).tools()).isEqualTo(host.tools());
                assertThat(again.of(name).containers()).hasSameSizeAs(host.containers());
            });
        }
    }

    @Test
    void aSnapshotOfAMemberIsReadAsEtcdsOwn() throws Exception {
        var sim = stacked();
        for (int number = 0; number < 300; number++) {
            sim.cluster().put("/registry/key" + number, "value " + number);
        }
        var target = folder.resolve("snapshot.db");
        var access = new EtcdAccess("127.0.0.1", 2379, Optional.empty());
        var result = sim.node("cp1")
                .perform(
                        new Batch(
                                "run",
                                1,
                                1,
                                List.of(new TransferAction.StreamSnapshot(access, target, Duration.ofMinutes(1)))),
                        (index, ended) -> {});
        assertThat(result.results()).first().isInstanceOf(ActionResult.Done.class);
        try (var file = SnapshotFile.open(target)) {
            var summary = file.summarize();
            assertThat(summary.storage().trailer().getClass().getSimpleName()).isEqualTo("TrailerVerified");
            assertThat(summary.members()).hasSize(3);
            assertThat(summary.clusterVersion()).contains("3.5.0");
            assertThat(summary.revisions().latest()).isEqualTo(305);
            assertThat(LiveKeys.under(file, "/registry/key")).hasSize(300);
        }
    }
}
