package dev.runbook.report;

import dev.runbook.lint.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Markdown reference of a lint rule, from the rule itself. A test generates the page in docs/ from it. */
public final class RuleReference {
    private RuleReference() {}

    public static List<String> of(Rule rule) {
        var lines = new ArrayList<String>();
        lines.add("## " + rule.code() + " " + rule.slug());
        lines.add("");
        lines.add("*" + capital(rule.severity().name().toLowerCase(Locale.ROOT)) + ": " + rule.title() + "."
                + switch (rule.knows()) {
                    case RUNBOOK -> "*";
                    case INVENTORY -> " Checked with an inventory.*";
                    case NO_INVENTORY -> " Checked when no inventory is given.*";
                });
        lines.add("");
        lines.add(rule.doc());
        return lines;
    }

    /** One line of a list of rules. */
    public static String line(Rule rule) {
        return "%-6s %-26s %-8s %s"
                .formatted(rule.code(), rule.slug(), rule.severity().name().toLowerCase(Locale.ROOT), rule.title());
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
