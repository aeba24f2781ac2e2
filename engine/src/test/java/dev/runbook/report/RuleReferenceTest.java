package dev.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.lint.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The page of rules in docs/ matches the rules; {@code -Dgolden.update=true} regenerates it. */
class RuleReferenceTest {
    private static final Path PAGE = Path.of("../docs/lint-rules.md");
    private static final String BEGIN = "see RuleReferenceTest -->\n";

    @Test
    void thePageHasEveryRuleAsItIs() throws IOException {
        var page = Files.readString(PAGE);
        var reference = new StringBuilder();
        for (var rule : Rule.values()) {
            reference
                    .append("\n")
                    .append(String.join("\n", RuleReference.of(rule)))
                    .append("\n");
        }
        var fresh = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + reference;
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, fresh);
        }
        assertThat(Files.readString(PAGE))
                .as("regenerate with -Dgolden.update=true")
                .isEqualTo(fresh);
    }

    @Test
    void codesAreUniqueAndInOrder() {
        var codes = Arrays.stream(Rule.values()).map(Rule::code).toList();
        assertThat(codes).doesNotHaveDuplicates().isSorted().allMatch(code -> code.matches("RB[1-9]\\d\\d"));
    }
}
