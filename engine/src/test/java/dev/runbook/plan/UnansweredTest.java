package dev.runbook.plan;

import static dev.runbook.plan.FactEdits.everywhere;
import static dev.runbook.plan.FactEdits.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.Silence;
import dev.runbook.model.Problem;
import dev.runbook.model.action.EtcdDataAction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Members that run and cannot be asked, that hang, that are down, and configurations that are not understood. */
class UnansweredTest {
    private static final ClusterFacts STACKED = SampleFacts.stacked();
    private static final String BACKUP = "backup.yml";
    private static final String RESTORE = "restore.yml";
    private static final String NO_SAN = "TLS to etcd at 127.0.0.1:2379 failed: No subject alternative names";
    private static final String HANGS = "etcd at 127.0.0.1:2379 did not respond within 10.0 s";

    @TempDir
    private Path folder;

    private Planner.Result restore(ClusterFacts facts, String... values) throws IOException {
        var plans = new SamplePlans(folder, facts);
        var all = new java.util.ArrayList<>(List.of(plans.snapshotValue()));
        all.addAll(List.of(values));
        return plans.shipped(RESTORE, all.toArray(String[]::new));
    }

    private Planner.Result backup(ClusterFacts facts) throws IOException {
        return new SamplePlans(folder, facts).shipped(BACKUP, "to=/backups/etcd.db");
    }

    private static List<Problem> refused(Planner.Result result) {
        return result instanceof Planner.Result.Refused(var problems)
                ? problems.stream().filter(Problem::isError).toList()
                : List.of();
    }

    private static Problem only(List<Problem> problems, String code) {
        var found =
                problems.stream().filter(problem -> problem.code().equals(code)).toList();
        assertThat(found).as(problems.toString()).isNotEmpty();
        return found.getFirst();
    }

    private static ClusterFacts silentOn(String host, String why, Silence kind) {
        return on(STACKED, host, FactEdits.silent(why, kind));
    }

    @ParameterizedTest
    @EnumSource(
            value = Silence.class,
            names = {"TLS", "FORWARDING_REFUSED", "DENIED"})
    void aMemberThatVerifyCouldNotAskRefusesARestore(Silence kind) throws IOException {
        var problems = refused(restore(silentOn("cp2", "the reason", kind)));
        var problem = only(problems, "member-cannot-be-asked");
        assertThat(problem.where()).isEqualTo(new Problem.Where.OnHost("cp2", Optional.empty()));
        assertThat(problem.summary()).contains("runs", "the reason");
    }

    /** Also where no preflight looks, and where it allows it. */
    @Test
    void verifyRefusesItToo() throws IOException {
        var plans = new SamplePlans(folder, silentOn("cp2", NO_SAN, Silence.TLS));
        assertThat(refused(plans.steps("- verify:"))).extracting(Problem::code).containsOnly("member-cannot-be-asked");
        assertThat(refused(plans.steps("- preflight: {allow: [member-cannot-be-asked]}\n- verify:")))
                .extracting(Problem::code)
                .containsOnly("member-cannot-be-asked");
    }

    /** What documents of earlier versions have. */
    @Test
    void theKindIsReadFromTheWords() throws IOException {
        var facts = everywhere(
                STACKED,
                FactEdits.member(member -> FactEdits.copy(
                        member, Map.of("live", new dev.runbook.facts.LiveMember.Silent(NO_SAN, Optional.empty())))));
        assertThat(refused(restore(facts)))
                .extracting(Problem::code)
                .contains("member-cannot-be-asked", "no-safety-snapshot");
    }

    @Test
    void aSafetySnapshotThatIsNotTakenOfARunningMemberNeedsAllow() throws IOException {
        var hung = everywhere(STACKED, FactEdits.silent(HANGS, Silence.TIMED_OUT));
        var problem = only(refused(restore(hung)), "no-safety-snapshot");
        assertThat(problem.summary()).contains("cp1, cp2, cp3", HANGS);
        var plan = SamplePlans.planned(restore(hung, "allow=[\"no-safety-snapshot\"]"));
        assertThat(only(plan.warnings(), "no-safety-snapshot").isError()).isFalse();
        assertThat(refused(restore(everywhere(STACKED, FactEdits.silent())))).isEmpty();
    }

    private static List<String> notes(Plan plan, int step, String host) {
        return Objects.requireNonNull(plan.steps().get(step).hosts().get(host)).notes();
    }

    @Test
    void aHungMemberIsWarnedOfKilledAndBumpedOver() throws IOException {
        var plan = SamplePlans.planned(restore(silentOn("cp3", HANGS, Silence.TIMED_OUT)));
        assertThat(only(plan.warnings(), "member-does-not-answer").summary()).contains("runs", HANGS);
        assertThat(notes(plan, 4, "cp3")).anySatisfy(note -> assertThat(note).contains("expected to end with a kill"));
        assertThat(notes(plan, 4, "cp1")).noneSatisfy(note -> assertThat(note).contains("kill"));
        assertThat(notes(plan, 2, "cp1"))
                .anySatisfy(note -> assertThat(note).contains("not known for sure", "100000000 revisions"));
        assertThat(plan.steps().get(2).actionsOn("cp1"))
                .filteredOn(EtcdDataAction.RestoreData.class::isInstance)
                .allSatisfy(action -> assertThat(((EtcdDataAction.RestoreData) action)
                                .member()
                                .bump()
                                .orElse(0))
                        .isGreaterThanOrEqualTo(100_000_000));
    }

    @Test
    void aBackupNeedsOneHealthyMember() throws IOException {
        var down = on(on(STACKED, "cp1", FactEdits.silent()), "cp3", FactEdits.silent(HANGS, Silence.TIMED_OUT));
        var plan = SamplePlans.planned(backup(down));
        assertThat(AbsentHosts.among(plan.warnings()))
                .extracting(Problem::code)
                .containsExactly("member-not-verified", "member-not-verified");
        assertThat(AbsentHosts.strictly(plan.warnings())).anyMatch(Problem::isError);
        assertThat(plan.steps().get(1).actionsOn("cp2")).hasSize(1);
        assertThat(refused(backup(everywhere(STACKED, FactEdits.silent()))))
                .extracting(Problem::code)
                .contains("no-quorum");
    }

    @Test
    void aBackupNeedsQuorum() throws IOException {
        UnaryOperator<HostFacts> leaderless =
                FactEdits.live(answers -> FactEdits.copy(answers, Map.of("leaderId", Optional.empty())));
        var facts = on(everywhere(STACKED, FactEdits.silent()), "cp2", host -> leaderless.apply(STACKED.of("cp2")));
        assertThat(only(refused(backup(facts)), "no-quorum").next()).contains("leader");
    }

    @Test
    void aBackupOfMembersThatRunDoesNotSendOneToStartThem() throws IOException {
        var hung = everywhere(STACKED, FactEdits.silent(HANGS, Silence.TIMED_OUT));
        assertThat(only(refused(backup(hung)), "no-quorum").next()).contains("a running etcd needs no start");
    }

    @Test
    void aConfigurationThatIsNotUnderstoodIsTheReason() throws IOException {
        UnaryOperator<HostFacts> notUnderstood = host -> FactEdits.copy(
                host,
                Map.of(
                        "member",
                        Optional.empty(),
                        "problems",
                        List.of(Problem.on(host.host(), "member-config", "--config-file is not read", "correct it"))));
        var nowhere = refused(backup(everywhere(STACKED, notUnderstood)));
        assertThat(nowhere).extracting(Problem::code).contains("member-config");
        assertThat(nowhere).noneMatch(problem -> problem.next().contains("start etcd"));
        assertThat(refused(restore(on(STACKED, "cp2", notUnderstood))))
                .anyMatch(problem -> problem.code().equals("member-config"))
                .noneMatch(problem -> problem.summary().contains("no member is configured on it"));
        var snapshot = refused(new SamplePlans(folder, everywhere(STACKED, notUnderstood)).steps("- snapshot:"));
        assertThat(snapshot).extracting(Problem::code).contains("no-member-answers", "member-config");
        assertThat(only(snapshot, "no-member-answers").summary())
                .contains("cp1: --config-file is not read", "cp2: ", "cp3: ");
        var restores = new SamplePlans(folder, everywhere(STACKED, notUnderstood));
        assertThat(refused(restores.shipped("restore.yml", restores.snapshotValue())))
                .extracting(Problem::code)
                .contains("member-config")
                .doesNotContain("no-member");
        assertThat(refused(restores.steps("- stop-etcd:")))
                .extracting(Problem::code)
                .containsOnly("member-config");
        var elsewhere = SamplePlans.planned(backup(on(STACKED, "cp2", notUnderstood)));
        assertThat(only(elsewhere.warnings(), "member-config").isError()).isFalse();
    }

    @Test
    void everyReasonIsInNoMemberAnswers() throws IOException {
        var facts = on(
                on(everywhere(STACKED, FactEdits.silent()), "cp2", FactEdits.silent(HANGS, Silence.TIMED_OUT)),
                "cp3",
                FactEdits.noMember());
        var problem = only(refused(new SamplePlans(folder, facts).steps("- snapshot:")), "no-member-answers");
        assertThat(problem.summary()).contains("cp1: connection refused", "cp2: ", HANGS, "cp3: no member");
    }

    @Test
    void hostsThatCannotBeReachedAreLeftOutOfABackupAlone() throws IOException {
        var two = new java.util.LinkedHashMap<>(STACKED.hosts());
        two.remove("cp3");
        var facts = new ClusterFacts(two, STACKED.groups());
        var plans = new SamplePlans(folder, STACKED);
        assertThat(plans.tolerates(BACKUP, "cp3", "to=/b.db")).isTrue();
        assertThat(plans.tolerates(RESTORE, "cp3", plans.snapshotValue())).isFalse();
        assertThat(plans.tolerates(BACKUP, "cp1 cp2 cp3", "to=/b.db")).isFalse();
        assertThat(SamplePlans.planned(plans.without(facts, BACKUP, "to=/b.db")).hosts())
                .containsExactly("cp1", "cp2");
    }
}
