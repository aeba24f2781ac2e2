package dev.runbook.report.sarif;

import java.util.Arrays;
import java.util.Optional;

/** The codes of lint rules. */
public final class LintCodes implements RuleLookup {
    @Override
    public Optional<Rule> find(String code) {
        return Arrays.stream(dev.runbook.lint.Rule.values())
                .filter(rule -> rule.code().equals(code))
                .findFirst()
                .map(rule -> new Rule(rule.title(), rule.doc()));
    }
}
