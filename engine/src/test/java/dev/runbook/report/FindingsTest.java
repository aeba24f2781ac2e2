package dev.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.AnyRecord;
import dev.runbook.Golden;
import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.RunEvent;
import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.plan.Plan;
import dev.runbook.plan.SampleFacts;
import dev.runbook.plan.SamplePlans;
import dev.runbook.prove.Proof;
import dev.runbook.prove.Prover;
import dev.runbook.report.junit.FindingsSuites;
import dev.runbook.report.junit.JunitSuite;
import dev.runbook.report.junit.JunitXml;
import dev.runbook.report.line.LineSchema;
import dev.runbook.report.line.LineWriter;
import dev.runbook.report.line.ProofLineMapper;
import dev.runbook.report.markdown.MarkdownSummary;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

/** Reports for CI servers: JUnit's XML and a page of Markdown, of a validation, a plan, a run that succeeds and one that fails. */
class FindingsTest {
    private static final Instant BEGAN = Instant.parse("2026-01-02T03:04:05Z");
    private static final Schema JUNIT = schema();

    @TempDir
    private Path folder;

    private static Schema schema() {
        try {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(Path.of("src/test/resources/report/junit.xsd").toFile());
        } catch (SAXException e) {
            throw new IllegalStateException("the schema is invalid", e);
        }
    }

    private static void assertValid(String xml) {
        try {
            JUNIT.newValidator().validate(new StreamSource(new StringReader(xml)));
        } catch (SAXException e) {
            throw new AssertionError(e.getMessage() + "\n" + xml, e);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be read", e);
        }
    }

    private static void assertReports(String name, Findings findings) throws IOException {
        var xml = JunitXml.write(FindingsSuites.of(findings), "ci-7");
        assertValid(xml);
        Golden.assertMatches("report/findings/" + name + ".xml", xml);
        Golden.assertMatches("report/findings/" + name + ".md", MarkdownSummary.of(findings));
    }

    private static Findings findings(
            String command, List<Problem> problems, List<RunEvent> events, Optional<RunOutcome> outcome) {
        return new Findings(
                command,
                "restore.yml",
                BEGAN,
                Duration.ofMillis(5600),
                problems,
                Optional.empty(),
                events,
                outcome,
                Optional.empty());
    }

    private static List<Problem> problems() {
        return List.of(
                Problem.at(
                        new Position("runbooks/restore.yml", 3, 5, 5, "    stopp-etcd: {}"),
                        "unknown-step",
                        "there is no step type \"stopp-etcd\"",
                        "did you mean stop-etcd?"),
                Problem.on("cp1", "no-space", "<1 GiB is free | of 4", "").asWarning(),
                Problem.ofCall("unknown-tag", "no step has the tag \"x\"", "known: a, b"));
    }

    @Test
    void aValidation() throws IOException {
        assertReports("problems", findings("validate", problems(), List.of(), Optional.empty()));
        assertReports("no-problem", findings("validate", List.of(), List.of(), Optional.empty()));
    }

    @Test
    void aPlan() throws IOException {
        var plan = new SamplePlans(folder, SampleFacts.stacked()).planned("""
            - name: Turn | it *up*
              hosts: cp1
              patch-manifest: {part: kube-apiserver, flags: {v: "2"}}
            - wait-for: {path: /etc/kubernetes}
            - commit:
            """);
        assertReports(
                "plan",
                new Findings(
                        "plan",
                        "restore.yml",
                        BEGAN,
                        Duration.ofMillis(900),
                        plan.warnings(),
                        Optional.of(plan),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void runs() throws IOException {
        assertReports(
                "succeeding",
                findings("apply", List.of(), SampleRuns.succeeding(), Optional.of(new RunOutcome.Succeeded())));
        var cause = new RunEvent.Cause.ActionFailed(
                1, "Stop every member", "etcd2", "stop etcd.service", SampleRuns.FAILURE);
        var left = new RunOutcome.Leftover("etcd1", "Stop every member", "start etcd.service", SampleRuns.FAILURE);
        assertReports(
                "failing",
                findings(
                        "apply",
                        List.of(),
                        SampleRuns.failing(),
                        Optional.of(new RunOutcome.Stuck(cause, false, List.of(left)))));
    }

    /** A plan that violates an invariant in some scenarios: the undo of a command leaves its file. */
    @Test
    void aProof() throws IOException {
        var plan = new SamplePlans(folder, SampleFacts.external()).planned("""
            - name: Touch it without an undo
              hosts: etcd1
              command: {argv: [touch, /etc/kubernetes/left], undo: ["true"]}
            - name: Check
              hosts: etcd2
              wait-for: {path: /etc/default}
            - commit:
            """);
        var proof = new Prover(1).prove(plan, _ -> {});
        assertThat(proof.failed()).isNotEmpty();
        assertReports("proof", proved(plan, proof));
        var lines = ProofLineMapper.of("restore.yml", proof, Duration.ofMillis(1500)).stream()
                .map(LineWriter::write)
                .toList();
        lines.forEach(LineSchema::assertFits);
        Golden.assertMatches("report/findings/proof.jsonl", String.join("\n", lines) + "\n");
    }

    private static Findings proved(Plan plan, Proof proof) {
        return new Findings(
                "prove",
                "restore.yml",
                BEGAN,
                Duration.ofMillis(1500),
                List.of(),
                Optional.of(plan),
                List.of(),
                Optional.empty(),
                Optional.of(proof));
    }

    /** Any text, control characters included, gives valid XML with all cases. */
    @Property(tries = 200)
    void anySuiteIsValid(@ForAll("suites") List<JunitSuite> suites) {
        var xml = JunitXml.write(suites, "ci-7");
        assertValid(xml);
        assertThat(xml.split("<testcase ", -1))
                .hasSize(1
                        + suites.stream()
                                .mapToInt(suite -> suite.cases().size())
                                .sum());
    }

    @Provide
    Arbitrary<List<JunitSuite>> suites() {
        return AnyRecord.of(JunitSuite.class).list().ofMaxSize(3);
    }
}
