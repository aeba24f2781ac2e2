package dev.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTextTest {
    @Test
    void marksThePlace() {
        var position = new Position("r.yml", 12, 7, 8, "      snapshto: x.db");
        assertThat(text(Problem.at(position, "unknown-field", "there is no such field", "did you mean snapshot?")))
                .isEqualTo("""
                    r.yml:12:7: error[unknown-field]: there is no such field
                     12 |       snapshto: x.db
                        |       ^^^^^^^^
                      = did you mean snapshot?
                    """);
    }

    @Test
    void severalAreSetApart() {
        var problem = Problem.ofCall("a", "first", "").asWarning();
        assertThat(ProblemText.of(List.of(problem, Problem.on("cp1", "b", "second", "do it")), false))
                .isEqualTo("""
                    warning[a]: first

                    cp1: error[b]: second
                      = do it
                    """);
    }

    @Test
    void longLinesAreCutAroundTheMark() {
        var line = "x".repeat(500) + "HERE" + "y".repeat(500);
        var shown = text(Problem.at(new Position("f", 1, 501, 4, line), "c", "s", ""))
                .lines()
                .toList();
        assertThat(shown.get(1)).hasSizeLessThan(130).contains("HERE");
        assertThat(shown.get(2).indexOf('^')).isEqualTo(shown.get(1).indexOf("HERE"));
        assertThat(shown.get(2)).endsWith("^^^^");
    }

    @Test
    void tabsAndControlCharacters() {
        var shown = text(Problem.at(new Position("f", 1, 2, 1, "\tx\u001B[31m"), "c", "bad \u001B[0m", ""));
        assertThat(shown).contains(" 1 | \tx\uFFFD[31m\n", "   | \t^\n").doesNotContain("\u001B");
    }

    @Test
    void coloursOnlyOnRequest() {
        var problem = Problem.ofCall("a", "first", "");
        assertThat(ProblemText.of(List.of(problem), true)).contains("\u001B[1;31merror[a]\u001B[0m");
    }

    private static String text(Problem problem) {
        return ProblemText.of(List.of(problem), false);
    }
}
