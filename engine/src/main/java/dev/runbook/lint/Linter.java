package dev.runbook.lint;

import dev.runbook.load.Allowance;
import dev.runbook.load.Loaded;
import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.step.StepCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks a runbook against every {@link Rule}. */
public final class Linter {
    private static final Comparator<Finding> BY_PLACE = Comparator.comparing(
                    Finding::position,
                    Comparator.comparing(Position::file)
                            .thenComparingInt(Position::line)
                            .thenComparingInt(Position::column))
            .thenComparing(Finding::rule);

    private final StepCatalog catalog;

    public Linter(StepCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Findings and suppressed findings.
     *
     * @param problems in the order of the text; the code of each is its rule's
     * @param suppressed findings that authors allow
     */
    public record Result(List<Problem> problems, List<Suppressed> suppressed) {
        public Result {
            problems = List.copyOf(problems);
            suppressed = List.copyOf(suppressed);
        }

        public boolean hasErrors() {
            return problems.stream().anyMatch(Problem::isError);
        }
    }

    /** A finding that an author allows, with the reason. */
    public record Suppressed(Problem problem, Allowance allowance) {}

    public Result lint(Loaded.Ok loaded) {
        var scope = LintScope.of(loaded);
        List<Finding> found = new ArrayList<>();
        new OrderRules(scope, new Remedies(catalog), found::add).check();
        new CheckRules(scope, found::add).check();
        new HostRules(scope, found::add).check();
        new IdleRules(scope, loaded, found::add).check();
        new ClaimRules(scope, loaded.inventory(), found::add).check();
        var allowances = new Allowances(loaded, scope);
        List<Finding> left = new ArrayList<>();
        List<Suppressed> suppressed = new ArrayList<>();
        // Steps without hosts of their own share the runbook's line, where one finding is enough.
        Set<List<Object>> reported = new HashSet<>();
        for (var finding : found) {
            if (reported.add(List.of(finding.rule(), finding.position()))) {
                allowances
                        .find(finding)
                        .ifPresentOrElse(
                                allowance -> suppressed.add(new Suppressed(finding.problem(), allowance)),
                                () -> left.add(finding));
            }
        }
        allowances.check(left::add);
        left.sort(BY_PLACE);
        return new Result(left.stream().map(Finding::problem).toList(), suppressed);
    }
}
