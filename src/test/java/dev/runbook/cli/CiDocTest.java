package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.Program;
import dev.runbook.cli.testing.ProgramResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The job files of docs/ci.md, executed line by line in a checkout of their own. */
@ResourceLock(ControlPlanes.NO_FLEET)
@SuppressWarnings("NullAway.Init") // set before every test
class CiDocTest {
    private static final Pattern COMMAND = Pattern.compile("(?m)^ *(?:run:|-) runbook (.+)$");

    private Path checkout;
    private Path summary;

    @TempDir
    private Path folder;

    @BeforeEach
    void checkOut() throws IOException {
        checkout = Files.createDirectory(folder.resolve("checkout"));
        summary = folder.resolve("summary.md");
        for (var part : List.of("runbooks", "inventory")) {
            Files.createDirectory(checkout.resolve(part));
            try (Stream<Path> files = Files.list(Program.home().resolve(part))) {
                for (var file : files.toList()) {
                    Files.copy(file, checkout.resolve(part).resolve(file.getFileName()));
                }
            }
        }
    }

    /** The lines of the job below a heading. */
    private static List<List<String>> job(String heading) throws IOException {
        var page = Files.readString(Program.home().resolve("docs/ci.md"));
        var begin = page.indexOf("```yaml", page.indexOf("\n## " + heading));
        var text = page.substring(begin, page.indexOf("```\n", begin + 3));
        return COMMAND.matcher(text)
                .results()
                .map(found -> List.of(found.group(1).strip().split(" +")))
                .toList();
    }

    /** Runs the commands as the server does: in order, in the checkout, and none after one that fails. */
    private List<ProgramResult> run(List<List<String>> job, Map<String, String> environment) {
        var program = new Program(folder.resolve("state"));
        var ended = new ArrayList<ProgramResult>();
        for (var command : job) {
            ended.add(program.run(checkout, environment, command));
            if (ended.getLast().exitCode() != 0) {
                break;
            }
        }
        return ended;
    }

    private Map<String, String> github() {
        return Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_WORKSPACE", checkout.toString(),
                "GITHUB_STEP_SUMMARY", summary.toString());
    }

    @Test
    void theGithubJobPassesWithTheShippedRunbooks() throws Exception {
        var ended = run(job("GitHub Actions"), github());

        assertThat(ended).hasSize(5).allSatisfy(each -> each.expect(ExitCode.DONE));
        assertThat(ended).allSatisfy(each -> assertThat(each.stderr()).doesNotContain("::error"));
        for (var name : List.of("validate", "plan", "apply", "prove")) {
            assertJunit(name + ".xml", false);
        }
        assertThat(sarif().at("/runs/0/results")).isEmpty();
        assertThat(Files.readString(summary))
                .contains("## runbook validate: ", "## runbook plan: ", "## runbook apply: ", "## runbook prove: ")
                .contains(
                        "**No problem found**",
                        "**Succeeded**",
                        " failure scenarios, 0 violations**",
                        "| controller killed | ");
    }

    @Test
    void theGithubJobReportsABrokenRunbook() throws Exception {
        var runbook = checkout.resolve("runbooks/restore.yml");
        // Without this step members are switched while their API servers run.
        var text = Files.readString(runbook);
        var stop = Pattern.compile("(?s)  - name: Stop every API server.*?(?=\n  - name: )");
        Files.writeString(runbook, stop.matcher(text).replaceFirst("").replace("inputs.snapshot", "inputs.snapshott"));
        var unreadable = run(job("GitHub Actions"), github());
        assertThat(unreadable).singleElement().satisfies(each -> each.expect(ExitCode.BAD_INPUT));
        assertThat(unreadable.getFirst().stderr())
                .containsPattern("::error file=runbooks/restore.yml,line=\\d+,col=\\d+");

        Files.writeString(runbook, stop.matcher(text).replaceFirst(""));
        var ended = run(job("GitHub Actions"), github());

        assertThat(ended).singleElement().satisfies(each -> each.expect(ExitCode.BAD_INPUT));
        assertThat(ended.getFirst().stderr())
                .containsPattern("(?m)^::error file=runbooks/restore.yml,line=\\d+,.*title=RB101.*::");
        assertJunit("validate.xml", true);
        var results = sarif().at("/runs/0/results");
        assertThat(results.findValuesAsString("ruleId")).contains("RB101");
        assertThat(Files.readString(summary)).contains("the run**", "`RB101`");
    }

    @Test
    void theGitlabJobPassesWithTheShippedRunbooks() throws Exception {
        var ended = run(job("GitLab"), Map.of("GITLAB_CI", "true"));

        assertThat(ended).hasSize(4).allSatisfy(each -> each.expect(ExitCode.DONE));
        assertThat(ended).allSatisfy(each -> assertThat(each.stderr()).doesNotContain("::"));
        assertThat(checkout.resolve("runbook.md")).content().contains("**No problem found**");
        assertJunit("prove.xml", false);
    }

    /** A script has no terminal to confirm on, so no run begins; --yes confirms in advance. */
    @Test
    void aScriptHasToConfirmInAdvance() throws IOException {
        Files.writeString(checkout.resolve("asking.yml"), """
            name: Ask
            hosts: etcd
            steps:
              - fetch: {src: /etc/kubernetes/manifests/etcd.yaml, dest: kept}
              - confirm: Continue?
            """);
        var apply = List.of("apply", "asking.yml", "-i", "inventory/simulated.yml");
        var program = new Program(folder.resolve("state"));
        assertThat(program.run(checkout, Map.of(), apply)
                        .expect(ExitCode.BAD_INPUT)
                        .stderr())
                .contains("there is no terminal to confirm on", "Nothing was changed.");
        assertThat(checkout.resolve("kept")).doesNotExist();
        var yes = new ArrayList<>(apply);
        yes.add("-y");
        assertThat(program.run(checkout, Map.of(), yes).expect(ExitCode.DONE).stderr())
                .contains("? Continue?", "by --yes");
        assertThat(checkout.resolve("kept/cp1/etc/kubernetes/manifests/etcd.yaml"))
                .content()
                .contains("etcd");
        program.run(checkout, Map.of(), yes).expect(ExitCode.DONE);
        Files.writeString(checkout.resolve("kept/cp2/etc/kubernetes/manifests/etcd.yaml"), "mine");
        assertThat(program.run(checkout, Map.of(), yes)
                        .expect(ExitCode.ROLLED_BACK)
                        .stdout())
                .contains("is there on this machine with another content");
        assertThat(checkout.resolve("kept/cp2/etc/kubernetes/manifests/etcd.yaml"))
                .hasContent("mine");
    }

    private void assertJunit(String name, boolean failing) throws IOException, SAXException {
        var file = checkout.resolve(name);
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Program.home()
                        .resolve("engine/src/test/resources/report/junit.xsd")
                        .toFile())
                .newValidator()
                .validate(new StreamSource(file.toFile()));
        var text = Files.readString(file);
        assertThat(text).contains("<testcase ");
        assertThat(text.contains("<failure ")).as(name).isEqualTo(failing);
    }

    /** Checks what SARIF 2.1.0 requires, and what code scanning requires beyond it. */
    private JsonNode sarif() throws IOException {
        var sarif = JsonMapper.builder().build().readTree(Files.readString(checkout.resolve("runbook.sarif")));
        assertThat(sarif.path("version").asString()).isEqualTo("2.1.0");
        assertThat(sarif.path("$schema").asString()).endsWith("sarif-schema-2.1.0.json");
        var run = sarif.at("/runs/0");
        assertThat(run.at("/tool/driver/name").asString()).isEqualTo("runbook");
        var rules = new HashSet<String>();
        for (var rule : run.at("/tool/driver/rules")) {
            rules.add(rule.path("id").asString());
            assertThat(rule.at("/shortDescription/text").asString()).isNotBlank();
            assertThat(rule.at("/help/text").asString()).isNotBlank();
        }
        for (var result : run.path("results")) {
            assertThat(rules).contains(result.path("ruleId").asString());
            assertThat(result.path("level").asString()).isIn("error", "warning");
            assertThat(result.at("/message/text").asString()).isNotBlank();
            var place = result.at("/locations/0/physicalLocation");
            assertThat(place.at("/artifactLocation/uri").asString()).isEqualTo("runbooks/restore.yml");
            assertThat(place.at("/region/startLine").asInt()).isPositive();
        }
        return sarif;
    }
}
