package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.Golden;
import dev.runbook.load.Loader;
import dev.runbook.load.Request;
import dev.runbook.load.source.Surroundings;
import dev.runbook.model.Problem;
import dev.runbook.report.ProblemText;
import dev.runbook.steps.StepTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each rule has a folder of its name below {@code lint}: fires.yml breaks this rule only; clean.yml, which differs as little
 * as possible, breaks none. inventory.yml is for both, fires.inventory.yml and clean.inventory.yml for one of them; without
 * an inventory, no hosts are known.
 */
class LintCasesTest {
    private static final Path CASES = Path.of("src/test/resources/lint").toAbsolutePath();
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    @ParameterizedTest
    @EnumSource
    void fires(Rule rule) throws IOException {
        var problems = lint(rule, "fires");

        assertThat(problems.stream().map(Problem::code)).containsExactly(rule.code());
        Golden.assertMatches("lint/" + rule.slug() + "/fires.txt", ProblemText.of(problems, false));
    }

    @ParameterizedTest
    @EnumSource
    void doesNotFireOtherwise(Rule rule) throws IOException {
        assertThat(lint(rule, "clean")).isEmpty();
    }

    @Test
    void shippedRunbooksAreClean() throws IOException {
        for (var runbook : List.of("restore.yml", "restore-external.yml", "backup.yml")) {
            var inventory = runbook.equals("restore-external.yml") ? "external.yml" : "stacked.yml";
            assertThat(lint(TOP, "runbooks/" + runbook, Optional.of("inventory/" + inventory)))
                    .as(runbook)
                    .isEmpty();
            assertThat(lint(TOP, "runbooks/" + runbook, Optional.empty()))
                    .as(runbook + " without an inventory")
                    .isEmpty();
        }
    }

    /** A stacked cluster's runbook on an inventory of an external etcd would restore no member. */
    @Test
    void aRunbookForOtherHostsLeavesOutEveryMember() throws IOException {
        assertThat(lint(TOP, "runbooks/restore.yml", Optional.of("inventory/external.yml")))
                .anySatisfy(problem -> assertThat(problem.code()).isEqualTo(Rule.MEMBER_LEFT_OUT.code()));
    }

    private static List<Problem> lint(Rule rule, String name) throws IOException {
        var folder = CASES.resolve(rule.slug());
        return lint(
                folder,
                name + ".yml",
                Stream.of("inventory.yml", name + ".inventory.yml")
                        .filter(file -> Files.exists(folder.resolve(file)))
                        .findFirst());
    }

    private static List<Problem> lint(Path folder, String runbook, Optional<String> inventory) {
        var checked = new Loader(StepTypes.ALL)
                .check(new Request(
                        Path.of(runbook),
                        inventory.map(Path::of).stream().toList(),
                        List.of(),
                        Optional.empty(),
                        Set.of(),
                        new Surroundings(folder, Path.of("/home/me"), "me")));
        assertThat(checked.problems()).isEmpty();
        return new Linter(StepTypes.ALL).lint(checked.loaded().orElseThrow()).problems();
    }
}
