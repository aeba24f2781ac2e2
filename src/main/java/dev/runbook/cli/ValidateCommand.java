package dev.runbook.cli;

import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.lint.Linter;
import dev.runbook.lint.Rule;
import dev.runbook.load.InputDeclaration;
import dev.runbook.load.Loader;
import dev.runbook.model.Problem;
import dev.runbook.report.RuleReference;
import dev.runbook.steps.StepTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runbook validate}. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description =
                "Reads a runbook, and inventories when given, and tells every problem at once, in what is written and"
                        + " in what it means; connects to nothing.")
final class ValidateCommand implements Callable<Integer> {
    private static final String ALL_RULES = "";

    @Mixin
    TargetOptions target = new TargetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Option(names = "--strict", description = "End with 2 for warnings too.")
    boolean strict;

    /** Counts as help, so that no runbook is asked for. */
    @Option(
            names = "--explain",
            paramLabel = "RULE",
            arity = "0..1",
            fallbackValue = ALL_RULES,
            help = true,
            description = "Tell all about a rule, such as RB101; without a name, list the rules.")
    @Nullable
    String explained;

    @Override
    public Integer call() throws BadCall {
        var terminal = Terminal.ofProcess(output);
        if (explained != null) {
            explain(terminal, explained);
            return ExitCode.DONE.number();
        }
        var checked = new Loader(StepTypes.ALL).check(target.request());
        List<Problem> problems = new ArrayList<>(checked.problems());
        checked.loaded()
                .map(loaded -> new Linter(StepTypes.ALL).lint(loaded).problems())
                .ifPresent(problems::addAll);
        terminal.problems(problems);
        if (problems.stream().anyMatch(problem -> strict || problem.isError())) {
            return ExitCode.BAD_INPUT.number();
        }
        terminal.note(target.runbook() + ": "
                + checked.loaded().orElseThrow().runbook().steps().size() + " steps, "
                + (problems.isEmpty() ? "no problem found" : "no error found")
                + awaited(checked.awaited()));
        return ExitCode.DONE.number();
    }

    /** Whether the text is right does not depend on values that are given when it is used. */
    private static String awaited(List<InputDeclaration> inputs) {
        return inputs.isEmpty()
                ? ""
                : "; to give when it is used: "
                        + inputs.stream().map(InputDeclaration::example).collect(Collectors.joining(", "));
    }

    private static void explain(Terminal terminal, String name) throws BadCall {
        if (name.equals(ALL_RULES)) {
            Arrays.stream(Rule.values()).map(RuleReference::line).forEach(terminal::line);
            return;
        }
        terminal.lines(RuleReference.of(
                Rule.find(name).orElseThrow(() -> new BadCall("no rule " + name + ": " + Rule.hint(name)))));
    }
}
