package dev.runbook.plan;

import static dev.runbook.plan.FactEdits.everywhere;
import static dev.runbook.plan.FactEdits.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.facts.CertificateFacts;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.Silence;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a refused plan advises, and that the plan is made once it is done. */
class FollowedAdviceTest {
    private static final ClusterFacts STACKED = SampleFacts.stacked();
    private static final String MAY_NOT = "/pki/key: head: cannot open '/pki/key' for reading: Permission denied";

    @TempDir
    private Path folder;

    private Planner.Result steps(ClusterFacts facts, String steps) throws IOException {
        return new SamplePlans(folder, facts).steps(steps);
    }

    private static Problem only(Planner.Result result, String code) {
        var found = ((Planner.Result.Refused) result)
                .problems().stream()
                        .filter(problem -> problem.code().equals(code))
                        .toList();
        assertThat(found).as(result.toString()).isNotEmpty();
        return found.getFirst();
    }

    /** The step is left out by its condition on every host; run_once would not change that. */
    @Test
    void anOutputOfAStepThatRanNowhere() throws IOException {
        var save = """
            - id: saved
              when: host.name == "%s"
              allow: [{rule: RB205, reason: may do nothing}]
              snapshot: {to: /backups/etcd.db}
            - command: {argv: [ls, "${{ steps.saved.path }}"], read_only: true}%s\
            """;
        var advice = only(steps(STACKED, save.formatted("cp9", "")), "missing-value");
        assertThat(advice.next())
                .isEqualTo("that step ran on no host: change its hosts or its when, or give this step the same when");
        SamplePlans.planned(steps(STACKED, save.formatted("cp2", "")));
        SamplePlans.planned(steps(STACKED, save.formatted("cp9", "\n  when: host.name == \"cp9\"")));
    }

    /** cp1 would be chosen, and the step skips it. */
    @Test
    void whatIsDoneOnceFallsToAHostThatTheStepRunsOn() throws IOException {
        var plan =
                SamplePlans.planned(steps(STACKED, "- when: host.name == \"cp3\"\n  snapshot: {to: /backups/etcd.db}"));
        assertThat(plan.steps().getFirst().actionsOn("cp3")).hasSize(1);
        assertThat(plan.steps().getFirst().actionsOn("cp1")).isEmpty();
    }

    @Test
    void aLoginThatMayNotReadTheKeys() throws IOException {
        UnaryOperator<HostFacts> unread = host -> FactEdits.silent(MAY_NOT, Silence.TLS)
                .apply(FactEdits.user("sre", 1000).apply(host));
        var facts = everywhere(STACKED, unread);
        var become = "set ansible_become: true for this host, or log in as root";
        assertThat(only(steps(facts, "- verify: {members: quorum}"), "no-quorum")
                        .next())
                .isEqualTo(become);
        assertThat(only(steps(facts, "- snapshot:"), "no-member-answers").next())
                .isEqualTo(become);
        assertThat(only(steps(facts, "- verify:"), "member-cannot-be-asked").next())
                .isEqualTo(become);
        var root = everywhere(STACKED, FactEdits.silent(MAY_NOT, Silence.TLS));
        assertThat(only(steps(root, "- verify:"), "member-cannot-be-asked").next())
                .contains("certificates");
    }

    /** etcd answers the member list, the alarms and HashKV to root alone, so a right to read is not enough. */
    @Test
    void aUserWithoutTheRoleRoot() throws IOException {
        var path = STACKED.of("cp1")
                .member()
                .orElseThrow()
                .access()
                .tls()
                .orElseThrow()
                .identity()
                .orElseThrow();
        var facts = everywhere(
                STACKED,
                host -> FactEdits.silent("etcd denies access: etcdserver: permission denied", Silence.DENIED)
                        .apply(FactEdits.certificate(new CertificateFacts(
                                        path.certificate(), "CN=ops,O=x", Instant.parse("2030-01-01T00:00:00Z")))
                                .apply(host)));
        var refused = steps(facts, "- preflight:");
        assertThat(only(refused, "auth-enabled").next()).contains("CN (ops) the role root", "user grant-role CN root");
        assertThat(only(refused, "member-cannot-be-asked").next()).contains("user grant-role CN root");
    }

    /** The other members list it, and its host is in the inventory. */
    @Test
    void aMemberWhoseConfigurationIsNotKnownIsNotAddedToTheInventory() throws IOException {
        var facts = on(
                STACKED,
                "cp2",
                host -> FactEdits.copy(
                        host,
                        Map.of(
                                "member",
                                Optional.empty(),
                                "problems",
                                List.of(Problem.on("cp2", "relative-data-dir", "relative", "absolute")))));
        assertThat(only(steps(facts, "- preflight:"), "member-not-in-inventory").next())
                .startsWith("first correct cp2");
    }

    private static ClusterFacts external(String command, String dropIn) {
        return everywhere(SampleFacts.external(), host -> {
            if (host.member().isEmpty()) {
                return host;
            }
            var properties = new LinkedHashMap<>(
                    Objects.requireNonNull(host.units().get("etcd.service")).properties());
            properties.put(
                    "ExecStart",
                    "{ path=/usr/bin/etcd ; argv[]=/usr/bin/etcd" + command
                            + " ; ignore_errors=no ; start_time=[n/a] ; }");
            properties.put("DropInPaths", "/etc/systemd/system/etcd.service.d/" + dropIn);
            return FactEdits.unit(new UnitFacts("etcd.service", properties, true))
                    .apply(host);
        });
    }

    @Test
    void aDropInThatWouldOverrideTheRunsIsRenamed() throws IOException {
        var edit = "- patch-manifest: {flags: {heartbeat-interval: \"200\"}}";
        var flag = " --heartbeat-interval=150";
        assertThat(only(steps(external(flag, "zzzz.conf"), edit), "cannot-edit").next())
                .contains("begins with a digit", "systemctl daemon-reload");
        SamplePlans.planned(steps(external(flag, "50-zzzz.conf"), edit));
        // What is written to the environment file needs no drop-in.
        SamplePlans.planned(steps(external("", "zzzz.conf"), edit));
    }
}
