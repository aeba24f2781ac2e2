package dev.runbook.report.sarif;

import java.util.List;
import java.util.Optional;

/** Looks up the meaning of a problem's code. */
@FunctionalInterface
public interface RuleLookup {
    Optional<Rule> find(String code);

    /**
     * One rule.
     *
     * @param title in one line
     * @param help in Markdown: the fault, and the remedy
     */
    record Rule(String title, String help) {}

    /** The rule of the first lookup that knows the code. */
    static RuleLookup firstOf(List<RuleLookup> all) {
        return code -> all.stream().flatMap(rules -> rules.find(code).stream()).findFirst();
    }
}
