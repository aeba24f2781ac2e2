package dev.runbook.report.sarif;

import java.util.List;
import java.util.Optional;

/** Looks up what a problem's code means. */
@FunctionalInterface
public interface RuleLookup {
    Optional<Rule> find(String code);

    /**
     * One rule.
     *
     * @param title in one line
     * @param help in Markdown: what is wrong with it, and what to do
     */
    record Rule(String title, String help) {}

    /** The first that knows the code. */
    static RuleLookup firstOf(List<RuleLookup> all) {
        return code -> all.stream().flatMap(rules -> rules.find(code).stream()).findFirst();
    }
}
