package dev.runbook.report.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.Golden;
import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SarifReportTest {
    private static final Pattern CODE = Pattern.compile("(?:error|warning)\\[([a-z0-9-]+)]");

    @Test
    void problemsWithTheirRules() throws IOException {
        var problems = List.of(
                Problem.at(
                        new Position("re store.yml", 3, 5, 10, "    stopp-etcd:"),
                        "unknown-step",
                        "there is no step type \"stopp-etcd\"",
                        "did you mean stop-etcd?"),
                Problem.at(new Position("/etc/hosts.yml", 1, 1, 1, "x"), "RB001", "a member is left out", "")
                        .asWarning(),
                Problem.ofCall("unknown-tag", "no step has the tag \"x\"", ""));
        RuleLookup lint = code -> code.equals("RB001")
                ? Optional.of(new RuleLookup.Rule("A member is left out", "It keeps serving the old data."))
                : Optional.empty();
        Golden.assertMatches(
                "report/sarif.json",
                SarifReport.of(
                        "0.1.0",
                        Path.of("/w/repo"),
                        Path.of("/w/repo/ops"),
                        "restore.yml",
                        problems,
                        RuleLookup.firstOf(List.of(lint, new ProblemCodes()))));
    }

    @Test
    void noProblemIsADocumentToo() throws IOException {
        Golden.assertMatches(
                "report/sarif-empty.json",
                SarifReport.of("0.1.0", Path.of("/w"), Path.of("/w"), "restore.yml", List.of(), new ProblemCodes()));
    }

    /** Every code in the expected texts of the loader has an explanation. */
    @Test
    void codesOfTextsAreExplained() throws IOException {
        var shown = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/test/resources/load/cases"))) {
            for (var file : files.filter(path -> path.endsWith("expected.txt")).toList()) {
                CODE.matcher(Files.readString(file)).results().forEach(found -> shown.add(found.group(1)));
            }
        }
        assertThat(shown).hasSizeGreaterThan(40);
        var codes = new ProblemCodes();
        assertThat(shown)
                .allSatisfy(code -> assertThat(codes.find(code)).as(code).isPresent());
    }
}
