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

/** Holds a runbook to every {@link Rule}. */
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
     * What comes of it.
     *
     * @param problems in the order of the text; the code of each is its rule's
     * @param aside what authors set aside
     */
    public record Result(List<Problem> problems, List<SetAside> aside) {
        public Result {
            problems = List.copyOf(problems);
            aside = List.copyOf(aside);
        }

        public boolean hasErrors() {
            return problems.stream().anyMatch(Problem::isError);
        }
    }

    /** A finding that an author knows of, with the reason. */
    public record SetAside(Problem problem, Allowance allowance) {}

    public Result lint(Loaded.Ok loaded) {
        var ground = LintScope.of(loaded);
        List<Finding> found = new ArrayList<>();
        new OrderRules(ground, new Remedies(catalog), found::add).check();
        new ProofRules(ground, found::add).check();
        new HostRules(ground, found::add).check();
        new ClaimRules(ground, loaded.inventory(), found::add).check();
        var allowances = new Allowances(loaded, ground);
        List<Finding> left = new ArrayList<>();
        List<SetAside> aside = new ArrayList<>();
        // Steps without hosts of their own share the runbook's line: one finding there is enough.
        Set<List<Object>> said = new HashSet<>();
        for (var finding : found) {
            if (said.add(List.of(finding.rule(), finding.position()))) {
                allowances
                        .find(finding)
                        .ifPresentOrElse(
                                allowance -> aside.add(new SetAside(finding.problem(), allowance)),
                                () -> left.add(finding));
            }
        }
        allowances.check(left::add);
        left.sort(BY_PLACE);
        return new Result(left.stream().map(Finding::problem).toList(), aside);
    }
}
