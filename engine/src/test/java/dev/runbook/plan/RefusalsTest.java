package dev.runbook.plan;

import static dev.runbook.plan.FactEdits.everywhere;
import static dev.runbook.plan.FactEdits.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.facts.CertificateFacts;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.facts.StartNeed;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Need;
import dev.runbook.model.Problem;
import dev.runbook.step.SnapshotFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each problem that blocks a restore, alone on one host of a healthy cluster; healthy facts have none. */
class RefusalsTest {
    private static final ClusterFacts STACKED = SampleFacts.stacked();
    private static final ClusterFacts EXTERNAL = SampleFacts.external();

    @TempDir
    private Path folder;

    /** Facts with one problem, and its code. */
    record Wrong(String code, ClusterFacts facts) {
        @Override
        public String toString() {
            return code;
        }
    }

    static Stream<Wrong> hosts() {
        return Stream.of(
                new Wrong("not-root", on(STACKED, "cp2", FactEdits.user("sre", 1000))),
                new Wrong("no-tool", on(STACKED, "cp2", FactEdits.withoutTool("flock"))),
                new Wrong("clock-skew", on(STACKED, "cp2", FactEdits.clockSkew(Duration.ofSeconds(-11)))),
                new Wrong(
                        "certificate-expired",
                        on(
                                STACKED,
                                "cp2",
                                FactEdits.certificate(new CertificateFacts("/ca.crt", "CN=ca", SampleFacts.NOW)))),
                new Wrong("stray-manifest", on(STACKED, "cp2", FactEdits.stranger("etcd.yaml.bak"))),
                new Wrong(
                        "container-of-the-same-name", on(STACKED, "cp2", FactEdits.container("etcd", "hosted-etcd-0"))),
                new Wrong("kubelet-down", on(STACKED, "cp2", FactEdits.unit(inactive("kubelet.service")))),
                new Wrong("no-member", on(STACKED, "cp2", FactEdits.noMember())),
                new Wrong("alarm", on(STACKED, "cp2", live(Map.of("alarms", List.of("NOSPACE a2"))))),
                new Wrong("force-new-cluster", on(STACKED, "cp2", flag("force-new-cluster", "true"))),
                new Wrong("force-new-cluster", on(EXTERNAL, "etcd2", flag("force-new-cluster", "1"))),
                new Wrong("quota-too-small", on(STACKED, "cp2", flag("quota-backend-bytes", "20000"))),
                new Wrong("other-binary", on(STACKED, "cp2", FactEdits.image("registry.k8s.io/etcd:3.4.13-0"))),
                new Wrong(
                        "cannot-start-again",
                        on(
                                STACKED,
                                "cp2",
                                lacking(new Need.AtPath(
                                        "etcd",
                                        Need.Shape.FILE,
                                        "/etc/kubernetes/pki/etcd/server.key",
                                        Optional.empty())))),
                new Wrong(
                        "cannot-start-again",
                        on(STACKED, "cp2", lacking(new Need.Image("kube-apiserver", "kube-apiserver:v1", false)))),
                new Wrong(
                        "peer-certificate-names",
                        on(
                                on(STACKED, "cp2", flag("peer-cert-file", "/peer.crt")),
                                "cp2",
                                FactEdits.certificate(new CertificateFacts(
                                        "/peer.crt",
                                        "CN=cp2",
                                        SampleFacts.NOW.plus(Duration.ofDays(9)),
                                        Optional.of(List.of("cp2", "10.0.0.9")))))),
                new Wrong(
                        "auth-enabled",
                        on(
                                STACKED,
                                "cp2",
                                FactEdits.member(member -> FactEdits.copy(
                                        member,
                                        Map.of(
                                                "live",
                                                new LiveMember.Silent(
                                                        "etcdserver: user name is empty", Optional.empty())))))),
                new Wrong("learner", on(STACKED, "cp2", live(Map.of("members", peers("10.0.0.3", true))))),
                new Wrong(
                        "member-not-in-inventory",
                        on(STACKED, "cp2", live(Map.of("members", peers("10.0.0.4", false))))),
                new Wrong(
                        "member-not-in-list",
                        on(
                                STACKED,
                                "cp2",
                                live(Map.of("members", peers("10.0.0.3", false).subList(2, 3))))),
                new Wrong(
                        "api-server-not-in-inventory",
                        on(STACKED, "cp2", live(Map.of("apiServers", List.of("10.0.0.4"))))),
                new Wrong(
                        "no-space",
                        on(
                                STACKED,
                                "cp2",
                                FactEdits.data(data -> FactEdits.copy(data, Map.of("freeBytes", 1L << 20))))),
                new Wrong("no-restore-tool", on(STACKED, "cp2", FactEdits.withoutTool("ctr"))),
                new Wrong("other-version", on(STACKED, "cp2", live(Map.of("version", "3.6.8")))),
                new Wrong(
                        "cannot-switch",
                        on(EXTERNAL, "etcd2", FactEdits.walDir(FactEdits.mounted(SampleFacts.data("/wal", 104))))),
                new Wrong(
                        "cannot-switch",
                        on(EXTERNAL, "etcd2", FactEdits.walDir(SampleFacts.data("/var/lib/etcd/default/wal", 104)))),
                new Wrong(
                        "bad-initial-cluster",
                        everywhere(
                                STACKED,
                                FactEdits.member(member ->
                                        FactEdits.copy(member, Map.of("peerUrls", List.of("https://10.0.0.1:2380")))))),
                new Wrong(
                        "same-name",
                        everywhere(
                                STACKED, FactEdits.member(member -> FactEdits.copy(member, Map.of("name", "etcd"))))));
    }

    private static java.util.function.UnaryOperator<dev.runbook.facts.HostFacts> live(Map<String, ?> changes) {
        return FactEdits.live(answers -> FactEdits.copy(answers, changes));
    }

    private static java.util.function.UnaryOperator<dev.runbook.facts.HostFacts> lacking(Need need) {
        return host -> FactEdits.copy(
                host, Map.of("start", Optional.of(List.of(new StartNeed(need, Optional.of("it is not there"))))));
    }

    private static java.util.function.UnaryOperator<dev.runbook.facts.HostFacts> flag(String name, String value) {
        return FactEdits.member(member -> {
            var flags = new HashMap<>(member.flags());
            flags.put(name, value);
            return FactEdits.copy(member, Map.of("flags", flags));
        });
    }

    private static List<LiveMember.Peer> peers(String third, boolean learner) {
        return Stream.of("10.0.0.1", "10.0.0.2", third)
                .map(address -> new LiveMember.Peer("x", "x", List.of("https://" + address + ":2380"), learner))
                .toList();
    }

    private static UnitFacts inactive(String unit) {
        return new UnitFacts(unit, Map.of("LoadState", "loaded", "ActiveState", "inactive"), false);
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void isReported(Wrong wrong) throws IOException {
        var plans = new SamplePlans(folder, wrong.facts());
        var runbook = wrong.facts().hosts().containsKey("etcd1") ? "restore-external.yml" : "restore.yml";
        assertThat(codes(plans.shipped(runbook, plans.snapshotValue()))).contains(wrong.code());
    }

    @Test
    void healthyFactsBlockNoRun() throws IOException {
        for (var facts : List.of(STACKED, EXTERNAL)) {
            var plans = new SamplePlans(folder, facts);
            var runbook = facts.equals(STACKED) ? "restore.yml" : "restore-external.yml";
            assertThat(codes(plans.shipped(runbook, plans.snapshotValue()))).isEmpty();
        }
    }

    @Test
    void aSnapshotThatDoesNotFitIsReported() throws IOException {
        assertThat(restored(Map.of("alarms", List.of("NOSPACE a1")))).containsOnly("snapshot-has-alarms");
        assertThat(restored(Map.of("peerUrls", List.of("https://10.9.9.9:2380"))))
                .containsOnly("snapshot-of-other-members");
        assertThat(restored(Map.of("trailer", false))).containsOnly("no-hash");
        assertThat(restored(Map.of("clusterVersion", Optional.of("3.6.0")))).containsOnly("other-version");
        assertThat(restored(Map.of("storageVersion", Optional.of("3.6.0")))).containsOnly("other-version");
        assertThat(left(Optional.of("3.4.0"), false, List.of(), List.of())).containsOnly("snapshot-has-downgrade");
        assertThat(left(Optional.empty(), true, List.of(), List.of())).containsOnly("snapshot-has-auth");
        assertThat(left(Optional.empty(), false, List.of("http://a:2380"), List.of()))
                .containsOnly("snapshot-has-learners");
        assertThat(left(Optional.empty(), false, List.of(), List.of("http://a:2380")))
                .containsOnly("snapshot-has-zombies");
        var plans = new SamplePlans(folder, STACKED);
        assertThat(codes(plans.shipped("restore.yml", "snapshot=/nowhere.db"))).containsOnly("bad-snapshot");
    }

    private List<String> left(Optional<String> downgrade, boolean auth, List<String> learners, List<String> zombies)
            throws IOException {
        return restored(Map.of("leftovers", new SnapshotFacts.Leftovers(downgrade, auth, learners, zombies)));
    }

    /** etcd compares with its quota what is in use, from 2 GiB where no flag says otherwise; a negative quota is none. */
    @Test
    void theSnapshotIsComparedWithEveryMembersQuota() throws IOException {
        assertThat(quota("", 2L << 30)).containsExactly("ERROR", "ERROR", "ERROR");
        assertThat(quota("0", (2L << 30) - 1)).containsExactly("WARNING", "WARNING", "WARNING");
        assertThat(quota("0", 1_900_000_000L)).isEmpty();
        assertThat(quota("-1", 1L << 40)).isEmpty();
        assertThat(quota("8_589_934_592", 7L << 30)).isEmpty();
        assertThat(quota("8589934592", 8L << 30)).containsExactly("ERROR", "ERROR", "ERROR");
        assertThat(quota("0x100000", 950_000)).containsExactly("WARNING", "WARNING", "WARNING");
    }

    private List<String> quota(String flag, long used) throws IOException {
        var facts = flag.isEmpty() ? STACKED : everywhere(STACKED, flag("quota-backend-bytes", flag));
        var plans =
                new SamplePlans(folder, facts).withSnapshot(found -> FactEdits.copy(found, Map.of("usedBytes", used)));
        var result = plans.shipped("restore.yml", plans.snapshotValue());
        var problems = result instanceof Planner.Result.Planned(var plan)
                ? plan.warnings()
                : ((Planner.Result.Refused) result).problems();
        assertThat(problems).allSatisfy(problem -> assertThat(problem.code()).isEqualTo("quota-too-small"));
        return problems.stream().map(problem -> problem.severity().name()).toList();
    }

    private List<String> restored(Map<String, ?> changes) throws IOException {
        var plans = new SamplePlans(folder, STACKED).withSnapshot(found -> FactEdits.copy(found, changes));
        return codes(plans.shipped("restore.yml", plans.snapshotValue()));
    }

    /** The survivor of a lost quorum answers and knows no leader: the case that a restore is for. */
    @Test
    void theSurvivorOfALostQuorumIsNoProblem() throws IOException {
        var facts = on(
                everywhere(STACKED, FactEdits.silent()),
                "cp2",
                FactEdits.member(member -> FactEdits.copy(
                        member,
                        Map.of(
                                "live",
                                new LiveMember.Answers(
                                        "a2",
                                        "c1",
                                        Optional.empty(),
                                        "3.5.16",
                                        500,
                                        List.of(),
                                        List.of(),
                                        List.of())))));
        var plans = new SamplePlans(folder, facts);
        assertThat(codes(plans.shipped("restore.yml", plans.snapshotValue()))).isEmpty();
    }

    @Test
    void stepsOutOfOrderAreReported() throws IOException {
        var plans = new SamplePlans(folder, STACKED);
        assertThat(codes(plans.steps("- switch-data:"))).containsOnly("nothing-prepared");
        assertThat(codes(plans.steps("- start-etcd:"))).containsOnly("not-stopped");
        assertThat(codes(new SamplePlans(folder, everywhere(STACKED, FactEdits.silent())).steps("- snapshot:")))
                .containsOnly("no-member-answers");
        assertThat(codes(plans.steps("- patch-manifest: {host_paths: {no-such-volume: /x}}")))
                .containsOnly("cannot-edit");
        assertThat(codes(plans.steps("- copy: {src: no-such-file, dest: /etc/x}")))
                .containsOnly("no-such-file");
        assertThat(codes(new SamplePlans(folder, EXTERNAL).steps("- stop-etcd:")))
                .containsOnly("no-member");
        assertThat(codes(new SamplePlans(folder, EXTERNAL).steps("- snapshot: {via: node}")))
                .containsOnly("no-etcdctl");
    }

    @Test
    void aMemberThatNoStepRunsOnIsReported() throws IOException {
        var groups = Map.of("etcd", List.of("cp1", "cp2", "cp3", "cp4"), "kube_control_plane", List.of("cp1"));
        var facts = new ClusterFacts(everywhere(STACKED, FactEdits.silent()).hosts(), groups);
        assertThat(codes(new SamplePlans(folder, facts).steps("- preflight:\n  hosts: cp1")))
                .containsOnly("member-left-out");
    }

    /** Two problems with one code on one host are reported separately. */
    @Test
    void everyProblemOfAHostIsReported() throws IOException {
        var facts = on(on(STACKED, "cp2", FactEdits.withoutTool("flock")), "cp2", FactEdits.withoutTool("dd"));
        var plans = new SamplePlans(folder, facts);
        assertThat(codes(plans.shipped("restore.yml", plans.snapshotValue()))).containsExactly("no-tool", "no-tool");
    }

    @Test
    void anAllowedProblemIsShownAndBlocksNoRun() throws IOException {
        var facts = on(STACKED, "cp2", FactEdits.withoutTool("flock"));
        var plan = SamplePlans.planned(new SamplePlans(folder, facts).steps("- preflight: {allow: [no-tool]}"));
        assertThat(plan.warnings()).extracting(Problem::code).containsExactly("no-tool");
        assertThat(plan.changes()).isFalse();
    }

    private static List<String> codes(Planner.Result result) {
        return switch (result) {
            case Planner.Result.Planned(var plan) ->
                plan.warnings().stream().map(Problem::code).toList();
            case Planner.Result.Refused(var problems) ->
                problems.stream().map(Problem::code).toList();
        };
    }
}
