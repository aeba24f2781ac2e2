package dev.runbook.cli.authoring;

import dev.runbook.cli.options.RunbookOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.ReportCollector;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.lint.Linter;
import dev.runbook.lint.Rule;
import dev.runbook.load.InputDeclaration;
import dev.runbook.load.Loader;
import dev.runbook.load.Loader.Checked;
import dev.runbook.model.Problem;
import dev.runbook.report.RuleReference;
import dev.runbook.report.line.InvocationLine;
import dev.runbook.report.line.Line;
import dev.runbook.report.line.ProblemLineMapper;
import dev.runbook.report.sarif.LintCodes;
import dev.runbook.report.sarif.ProblemCodes;
import dev.runbook.report.sarif.RuleLookup;
import dev.runbook.steps.StepTypes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runbook validate}. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Checks a runbook, and inventories if given, and reports all problems at once, of syntax and of"
                + " meaning; connects to no host.")
public final class ValidateCommand implements Callable<Integer> {
    private static final String ALL_RULES = "";

    @Mixin
    RunbookOptions options = new RunbookOptions();

    @Option(names = "--strict", description = "Also end with 2 for warnings.")
    boolean strict;

    @Option(
            names = "--sarif",
            paramLabel = "FILE",
            description = "Write the problems as SARIF 2.1.0, for code scanning.")
    @Nullable
    Path sarif;

    /** Counts as help, so that picocli requires no runbook. */
    @Option(
            names = "--explain",
            paramLabel = "RULE",
            arity = "0..1",
            fallbackValue = ALL_RULES,
            help = true,
            description = "Explain a rule, such as RB101; without a name, list all rules.")
    @Nullable
    String explained;

    @Override
    public Integer call() throws Exception {
        if (explained != null) {
            explain(Terminal.ofProcess(options.output()), explained);
            return ExitCode.DONE.number();
        }
        var reporting = ReportCollector.of(options, Clock.systemUTC(), "validate");
        if (sarif != null) {
            reporting.sarif(sarif, RuleLookup.firstOf(List.of(new LintCodes(), new ProblemCodes())));
        }
        return reporting.run(() -> validate(reporting)).number();
    }

    private ExitCode validate(ReportCollector reporting) {
        var checked = new Loader(StepTypes.ALL).check(options.target().request());
        List<Problem> problems = new ArrayList<>(checked.problems());
        checked.loaded()
                .map(loaded -> new Linter(StepTypes.ALL).lint(loaded).problems())
                .ifPresent(problems::addAll);
        reporting.problems(problems);
        int errors = (int) problems.stream().filter(Problem::isError).count();
        reporting.terminal().emit(line(checked, errors, problems.size() - errors));
        if (errors > 0 || (strict && !problems.isEmpty())) {
            return ExitCode.BAD_INPUT;
        }
        var awaited = awaited(checked);
        reporting
                .terminal()
                .note(options.runbook() + ": " + steps(checked) + " steps, "
                        + (problems.isEmpty() ? "no problem found" : "no error found")
                        + (awaited.isEmpty() ? "" : "; inputs to give when it is run: " + String.join(", ", awaited)));
        return ExitCode.DONE;
    }

    private Line line(Checked checked, int errors, int warnings) {
        return new InvocationLine.Validated(
                options.runbook().toString(), steps(checked), errors, warnings, awaited(checked));
    }

    private static int steps(Checked checked) {
        return checked.loaded().map(loaded -> loaded.runbook().steps().size()).orElse(0);
    }

    /** Inputs to give when the runbook is run; the check does not depend on their values. */
    private static List<String> awaited(Checked checked) {
        return checked.awaited().stream().map(InputDeclaration::example).toList();
    }

    private static void explain(Terminal terminal, String name) throws UsageError {
        if (name.equals(ALL_RULES)) {
            for (var rule : Rule.values()) {
                terminal.emit(ProblemLineMapper.of(rule));
                if (!terminal.json()) {
                    terminal.line(RuleReference.line(rule));
                }
            }
            return;
        }
        var rule = Rule.find(name).orElseThrow(() -> new UsageError("no rule " + name + ": " + Rule.hint(name)));
        terminal.emit(ProblemLineMapper.of(rule));
        if (!terminal.json()) {
            terminal.lines(RuleReference.of(rule));
        }
    }
}
