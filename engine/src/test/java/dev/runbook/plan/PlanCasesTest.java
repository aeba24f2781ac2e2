package dev.runbook.plan;

import static dev.runbook.plan.FactEdits.everywhere;

import dev.runbook.Golden;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.FileFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Attributes;
import dev.runbook.report.PlanText;
import dev.runbook.report.ProblemText;
import dev.runbook.report.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole plans as text. A case is facts, named here, and a runbook: a shipped one, or runbook.yml in the folder of its name
 * below {@code plan/cases}, which also contains expected.txt.
 */
class PlanCasesTest {
    private static final Path CASES = Path.of("src/test/resources/plan/cases").toAbsolutePath();
    private static final Path SHIPPED = Path.of("../runbooks").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    /** One case. */
    record Case(String name, ClusterFacts facts, Optional<String> shipped, String snapshot) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                shipped("restore-stacked", SampleFacts.stacked(), "restore.yml"),
                shipped("restore-external", SampleFacts.external(), "restore-external.yml"),
                shipped("backup-stacked", SampleFacts.stacked(), "backup.yml"),
                shipped(
                        "restore-on-a-mount-point",
                        everywhere(SampleFacts.stacked(), FactEdits.data(FactEdits::mounted)),
                        "restore.yml"),
                shipped(
                        "restore-with-wal-apart",
                        everywhere(
                                SampleFacts.external(), FactEdits.walDir(SampleFacts.data("/var/lib/etcd-wal", 104))),
                        "restore-external.yml"),
                shipped(
                        "restore-of-dead-members",
                        FactEdits.on(
                                everywhere(SampleFacts.stacked(), FactEdits.silent()),
                                "cp3",
                                FactEdits.data(FactEdits::missing)),
                        "restore.yml"),
                new Case(
                        "restore-etcd-3.4",
                        everywhere(SampleFacts.external(), PlanCasesTest::withEtcd34),
                        Optional.of("restore-external.yml"),
                        "etcd-3.4.23-mixed"),
                new Case(
                        "restore-of-an-accepted-alarm",
                        everywhere(SampleFacts.external(), PlanCasesTest::withEtcd34),
                        Optional.empty(),
                        "etcd-3.4.23-alarm"),
                own("with-the-kubelet-kept", SampleFacts.stacked()),
                own(
                        "pods-start-in-turn",
                        everywhere(SampleFacts.stacked(), FactEdits.flag("feature-gates", "InitialCorruptCheck=true"))),
                own(
                        "units-start-in-turn",
                        everywhere(
                                SampleFacts.external(), FactEdits.flag("experimental-initial-corrupt-check", "true"))),
                own(
                        "flags-on-the-command-line",
                        everywhere(
                                SampleFacts.external(), started("--name=x", "--initial-cluster", "x=https://x:2380"))),
                own("flags-in-a-config-file", everywhere(SampleFacts.external(), configFile())),
                own("manifest-edits", SampleFacts.stacked()),
                own("small-steps-on-pods", SampleFacts.stacked()),
                own("fetch-and-confirm", SampleFacts.external()),
                own(
                        "small-steps-on-units",
                        FactEdits.on(
                                SampleFacts.external(),
                                "etcd1",
                                FactEdits.tool("etcdctl", "etcdctl version: 3.5.16"))));
    }

    private static Case shipped(String name, ClusterFacts facts, String runbook) {
        return new Case(name, facts, Optional.of(runbook), "etcd-3.5.16-mixed");
    }

    private static Case own(String name, ClusterFacts facts) {
        return new Case(name, facts, Optional.empty(), "etcd-3.5.16-mixed");
    }

    /** Flags in ExecStart, and no file of variables. */
    private static UnaryOperator<HostFacts> started(String... flags) {
        var unit = new UnitFacts(
                "etcd.service",
                Map.of(
                        "LoadState", "loaded",
                        "ActiveState", "active",
                        "ExecStart",
                                "{ path=/usr/bin/etcd ; argv[]=/usr/bin/etcd " + String.join(" ", flags)
                                        + " ; ignore_errors=no ; start_time=[n/a] ; }"),
                true);
        return host -> host.member().isEmpty()
                ? host
                : FactEdits.source(new MemberSource.Unit("etcd.service", List.of(), Optional.empty()))
                        .apply(FactEdits.unit(unit).apply(host));
    }

    private static UnaryOperator<HostFacts> configFile() {
        var file = new FileFacts(
                "/etc/etcd/etcd.yml",
                "# ours\nname: etcd\ninitial-cluster: etcd=https://x:2380   # alone\n",
                new Attributes("0640", 0, 104));
        return FactEdits.source(new MemberSource.Unit("etcd.service", List.of(), Optional.of(file)));
    }

    private static HostFacts withEtcd34(HostFacts host) {
        return FactEdits.live(answers -> FactEdits.copy(answers, Map.of("version", "3.4.23")))
                .apply(FactEdits.tool("etcdctl", "etcdctl version: 3.4.23").apply(host));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void plansAsExpected(Case example) throws IOException {
        var plans = new SamplePlans(folder, example.facts(), example.snapshot());
        var runbook = example.shipped().map(SHIPPED::resolve).orElse(CASES.resolve(example.name() + "/runbook.yml"));
        var value = Files.readString(runbook).contains("inputs.to") ? "to=/backups/etcd.db" : plans.snapshotValue();
        var text = switch (plans.plan(runbook, value)) {
            case Planner.Result.Refused(var problems) -> ProblemText.of(problems, false);
            case Planner.Result.Planned(var plan) ->
                ProblemText.of(plan.warnings(), false) + String.join("\n", new PlanText(Style.PLAIN).lines(plan))
                        + "\n";
        };
        Golden.assertMatches(
                "plan/cases/" + example.name() + "/expected.txt", text.replace(folder.toString(), "FOLDER"));
    }
}
