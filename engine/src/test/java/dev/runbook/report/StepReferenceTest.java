package dev.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.steps.StepTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference in docs/ matches the step types; {@code -Dgolden.update=true} regenerates it. */
class StepReferenceTest {
    private static final Path PAGE = Path.of("../docs/runbook-format.md");
    private static final String BEGIN = "see StepReferenceTest -->\n";
    private static final String END = "<!-- end of steps -->";

    @Test
    void thePageHasEveryStepTypeAsItIs() throws IOException {
        var page = Files.readString(PAGE);
        var reference = new StringBuilder("\n");
        for (var type : StepTypes.ALL.types()) {
            // One level below the headings of the page.
            reference
                    .append("#")
                    .append(String.join("\n", StepReference.of(type)))
                    .append("\n\n");
        }
        var fresh =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + reference + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, fresh);
        }
        assertThat(Files.readString(PAGE))
                .as("regenerate with -Dgolden.update=true")
                .isEqualTo(fresh);
    }

    @Test
    void everyFieldIsExplained() {
        for (var type : StepTypes.ALL.types()) {
            assertThat(StepReference.of(type)).as(type.name()).noneMatch(line -> line.endsWith("|  |"));
        }
    }
}
