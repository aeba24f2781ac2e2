package dev.runbook.report.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.AnyRecord;
import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AnnotationsTest {
    private static final Annotations ANNOTATIONS = new Annotations(Path.of("/w/repo"), Path.of("/w/repo/ops"));

    @Test
    void pathsAreRelativeToTheRepository() {
        var problem = Problem.at(
                new Position("restore.yml", 3, 5, 10, "    stopp-etcd:"), "unknown-step", "no such step", "see steps");
        assertThat(ANNOTATIONS.of(problem))
                .isEqualTo("::error file=ops/restore.yml,line=3,col=5,endColumn=15,title=unknown-step"
                        + "::no such step%0Asee steps");
    }

    @Test
    void aFileElsewhereKeepsItsPathAndACommandLineHasNone() {
        assertThat(ANNOTATIONS.of(Problem.at(new Position("/etc/hosts.yml", 1, 1, 1, ""), "a", "b", "")))
                .isEqualTo("::error file=/etc/hosts.yml,line=1,col=1,endColumn=2,title=a::b");
        assertThat(ANNOTATIONS.of(Problem.at(new Position("-e", 1, 1, 1, ""), "a", "b", "")))
                .isEqualTo("::error line=1,col=1,endColumn=2,title=a::b");
    }

    @Test
    void charactersThatGithubInterpretsAreEscaped() {
        assertThat(ANNOTATIONS.of(
                        Problem.on("cp1", "a:b,c", "100% of 1,2: full", "").asWarning()))
                .isEqualTo("::warning title=a%3Ab%2Cc::cp1: 100%25 of 1,2: full");
        assertThat(new Annotations(Path.of("/w"), Path.of("/w"))
                        .of(Problem.at(new Position("a,b:c%.yml", 1, 1, 1, ""), "x", "y", "")))
                .startsWith("::error file=a%2Cb%3Ac%25.yml,line=1");
    }

    /** Any problem is one line and one command, and its message can be decoded again. */
    @Property(tries = 300)
    void oneLineEach(@ForAll("problems") Problem problem) {
        var line = ANNOTATIONS.of(problem);
        assertThat(line).doesNotContain("\n", "\r");
        var parts = line.split("::", 3);
        assertThat(parts[0]).isEmpty();
        assertThat(List.of(parts[1].split(",")))
                .allMatch(part -> part.matches("(error |warning )?(file|line|col|endColumn|title)=[^,]*"));
        var message = parts[2].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%");
        assertThat(message).contains(problem.summary());
    }

    @Provide
    Arbitrary<Problem> problems() {
        return AnyRecord.of(Problem.class);
    }

    @Test
    void anErrorWithoutAPlace() {
        assertThat(Annotations.error("rolled back", "failed on cp1\nbecause"))
                .isEqualTo("::error title=rolled back::failed on cp1%0Abecause");
    }

    @Test
    void aStepIsNamed() {
        var problem = new Problem(
                dev.runbook.model.Severity.ERROR, "x", new Problem.Where.OnHost("cp1", Optional.of("Stop")), "why", "");
        assertThat(ANNOTATIONS.of(problem)).isEqualTo("::error title=x::cp1, step \"Stop\": why");
    }
}
