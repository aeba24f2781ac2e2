package dev.runbook.saved;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.AnyRecord;
import dev.runbook.Golden;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.Fingerprint;
import dev.runbook.facts.HostFacts;
import dev.runbook.journal.RunEvent;
import dev.runbook.model.Problem;
import dev.runbook.plan.FactEdits;
import dev.runbook.plan.HostPlan;
import dev.runbook.plan.Plan;
import dev.runbook.plan.PlannedStep;
import dev.runbook.plan.SampleFacts;
import dev.runbook.plan.SamplePlans;
import dev.runbook.plan.Staleness;
import dev.runbook.step.LocalFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedPlanTest {
    private static final RunEvent.Call CALL = new RunEvent.Call(
            "/ops/restore.yml", List.of("/ops/inventory.yml"), Map.of("snapshot", "/backups/etcd.db"), "/artifacts");
    private static final SortedMap<String, String> INVENTORY =
            new TreeMap<>(Map.of("etcd1", "one", "etcd2", "two", "etcd3", "three", "cp1", "four"));

    @TempDir
    private Path folder;

    private static SavedPlan read(String text) {
        return switch (SavedPlanFile.read("plan.json", text)) {
            case SavedPlanFile.Read.Good(var saved) -> saved;
            case SavedPlanFile.Read.Bad(var problem) -> throw new AssertionError(problem.summary());
        };
    }

    private static String refused(String text) {
        return switch (SavedPlanFile.read("plan.json", text)) {
            case SavedPlanFile.Read.Good _ -> throw new AssertionError("it was read");
            case SavedPlanFile.Read.Bad(var problem) -> problem.summary();
        };
    }

    private Plan small() throws IOException {
        return new SamplePlans(folder, SampleFacts.external()).planned("""
            - name: Write
              hosts: etcd1
              copy: {content: "ETCD_X=1\n", dest: /etc/default/extra}
            - hosts: etcd1:etcd2
              command: {argv: [touch, /tmp/x], undo: [rm, /tmp/x]}
              on_failure: stop
            - commit:
            """);
    }

    @Property(tries = 100)
    void readsPlansAsWritten(@ForAll("plans") Plan plan) {
        var saved = SavedPlan.of(plan, CALL, INVENTORY);
        var text = SavedPlanFile.write(saved);
        assertThat(SavedPlanFile.isSavedPlan(text)).isTrue();
        assertThat(read(text)).isEqualTo(saved);
        assertThat(saved.plan().steps()).isEqualTo(plan.steps());
        assertThat(saved.plan().hosts()).containsExactlyElementsOf(plan.hosts());
    }

    @Provide
    Arbitrary<Plan> plans() {
        var onHosts = AnyRecord.of(HostPlan.class).list().ofMaxSize(2);
        var hosts = AnyRecord.of(HostFacts.class).list().ofMaxSize(2);
        var warnings = AnyRecord.of(Problem.class).list().ofMaxSize(2);
        return Combinators.combine(onHosts.list().ofMaxSize(3), hosts, warnings).as(SavedPlanTest::plan);
    }

    private static Plan plan(List<List<HostPlan>> onHosts, List<HostFacts> hosts, List<Problem> warnings) {
        var steps = new java.util.ArrayList<PlannedStep>();
        for (var each : onHosts) {
            var byHost = new LinkedHashMap<String, HostPlan>();
            each.forEach(planned -> byHost.put("host" + byHost.size(), planned));
            int index = steps.size();
            steps.add(new PlannedStep(index, "Step " + index, "command", byHost, index % 2 == 0, index % 3 == 0));
        }
        var facts = new LinkedHashMap<String, HostFacts>();
        hosts.forEach(host -> facts.put(host.host(), host));
        return new Plan(SamplePlans.RUN, "Any", steps, new ClusterFacts(facts, Map.of()), warnings);
    }

    /** A saved plan may be applied by a later version, so a change here needs a new format version. */
    @Test
    void theFormatIsStable() throws IOException {
        Golden.assertMatches(
                "dev/runbook/saved/plan.json", SavedPlanFile.write(SavedPlan.of(small(), CALL, INVENTORY)));
    }

    /** A plan is applied as its actions say, so an edited, truncated or repaired file is refused. */
    @Test
    void onlyACompleteFileIsRead() throws IOException {
        var text = SavedPlanFile.write(SavedPlan.of(small(), CALL, INVENTORY));
        assertThat(refused(text.replace("/etc/default/extra", "/etc/default/evil")))
                .contains("edited after it was saved");
        assertThat(refused(text.substring(0, text.length() / 2))).contains("truncated");
        assertThat(refused("{\"type\": \"facts\"}")).contains("no saved plan");
        assertThat(refused(text + "{}")).contains("damaged");
        // White space makes no difference.
        assertThat(read(text.replace("\n", "\n\n \t"))).isEqualTo(read(text));
    }

    /** Kinds and names of format 1 have changed since, so its plans are refused and not guessed. */
    @Test
    void anotherFormatIsRefusedWithItsReason() throws IOException {
        var text = SavedPlanFile.write(SavedPlan.of(small(), CALL, INVENTORY));
        var read = SavedPlanFile.read("plan.json", text.replace("\"version\" : 2", "\"version\" : 1"));
        assertThat(read).isInstanceOfSatisfying(SavedPlanFile.Read.Bad.class, bad -> {
            assertThat(bad.problem().summary())
                    .isEqualTo("plan.json was saved by another version of runbook (format 1; this one reads 2)");
            assertThat(bad.problem().next())
                    .isEqualTo("make the plan again with `runbook plan RUNBOOK -i INVENTORY -o FILE`");
        });
        assertThat(refused(text.replace("\"version\" : 2", "\"version\" : 3"))).contains("format 3; this one reads 2");
        assertThat(refused(text.replace("\"version\" : 2,", ""))).contains("no format version; this one reads 2");
    }

    @Property(tries = 300)
    void aDamagedFileIsRefusedAndNeverAnError(
            @ForAll @IntRange(max = 100_000) int at, @ForAll char character, @ForAll boolean cut) {
        var text = DAMAGED;
        int place = at % text.length();
        var damaged = cut ? text.substring(0, place) : text.substring(0, place) + character + text.substring(place + 1);
        var same = damaged.replaceAll("\\s", "").equals(text.replaceAll("\\s", ""));
        if (!same) {
            assertThat(refused(damaged)).startsWith("plan.json ");
        }
    }

    private static final String DAMAGED = SavedPlanFile.write(SavedPlan.of(
            plan(List.of(List.of(new HostPlan(List.of(), List.of("a note"), List.of()))), List.of(), List.of()),
            CALL,
            INVENTORY));

    @Test
    void secretsOfTheFactsStayOut() throws IOException {
        var facts = FactEdits.on(
                SampleFacts.external(),
                "etcd1",
                host -> FactEdits.copy(
                        host,
                        Map.of(
                                "units",
                                Map.of(
                                        "etcd.service",
                                        new dev.runbook.facts.UnitFacts(
                                                "etcd.service",
                                                Map.of("Environment", "ETCD_PASSWORD=hunter2"),
                                                false)))));
        var planned = new SamplePlans(folder, facts).planned("- commit:\n");
        assertThat(SavedPlanFile.write(SavedPlan.of(planned, CALL, INVENTORY))).doesNotContain("hunter2");
        // The fingerprints are of the facts before masking.
        var saved = SavedPlan.of(planned, CALL, INVENTORY);
        assertThat(Staleness.of(saved.plan(), saved.fingerprints(), facts)).isEmpty();
    }

    @Test
    void changedFilesAreRefused() throws IOException {
        var plans = new SamplePlans(folder, SampleFacts.external());
        var plan = SamplePlans.planned(plans.shipped("restore-external.yml", plans.snapshotValue()));
        var saved = read(SavedPlanFile.write(SavedPlan.of(plan, CALL, INVENTORY)));
        assertThat(saved.changedFiles(new dev.runbook.survey.LocalFileReader())).isEmpty();
        assertThat(saved.changedFiles(_ -> Optional.of(new LocalFiles.LocalFile(1, "another"))))
                .extracting(Problem::summary)
                .satisfiesExactly(
                        sent -> assertThat(sent).contains(".db has changed since"),
                        written -> assertThat(written).contains("snapshot.db is there, and was not when"));
        assertThat(saved.changedFiles(_ -> Optional.empty()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.summary()).contains(".db does not exist"));
    }

    /** A host with another address is another host, even under the same name. */
    @Test
    void aChangedInventoryIsRefused() throws IOException {
        var saved = read(SavedPlanFile.write(SavedPlan.of(small(), CALL, INVENTORY)));
        assertThat(saved.changedInventory(INVENTORY)).isEmpty();
        var now = new TreeMap<>(INVENTORY);
        now.put("etcd2", "another");
        now.put("cp1", "another, but not of the plan");
        assertThat(saved.changedInventory(now))
                .singleElement()
                .satisfies(problem -> assertThat(problem.summary())
                        .isEqualTo("the inventory's entry for etcd2 has changed since the plan was made"));
    }

    /** The members may advance meanwhile, but not beyond the revision at which the restored data begins. */
    @Test
    void aHigherLiveRevisionIsStale() throws IOException {
        var plans = new SamplePlans(folder, SampleFacts.external());
        var plan = SamplePlans.planned(plans.shipped("restore-external.yml", plans.snapshotValue()));
        var before = Fingerprint.ofAll(plan.facts());
        assertThat(Staleness.of(plan, before, at(SampleFacts.external(), 900_000)))
                .isEmpty();
        assertThat(Staleness.of(plan, before, at(SampleFacts.external(), 2_000_000)))
                .hasSize(3)
                .allSatisfy(change -> assertThat(change.what()).contains("advanced to revision 2000000"));
    }

    private static ClusterFacts at(ClusterFacts facts, long revision) {
        return FactEdits.everywhere(
                facts, FactEdits.live(answers -> FactEdits.copy(answers, Map.of("revision", revision))));
    }
}
