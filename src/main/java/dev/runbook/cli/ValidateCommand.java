package dev.runbook.cli;

import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.load.Loaded;
import dev.runbook.load.Loader;
import dev.runbook.model.Problem;
import dev.runbook.model.Severity;
import dev.runbook.report.line.Line;
import dev.runbook.steps.StepTypes;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code runbook validate}. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description =
                "Reads a runbook, and inventories when given, and tells every problem at once; connects to nothing.")
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    TargetOptions target = new TargetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        var terminal = Terminal.ofProcess(output);
        return switch (new Loader(StepTypes.ALL).load(target.request())) {
            case Loaded.Failed(var all) -> {
                // Whether the text is right does not depend on values that are given when it is used.
                var problems = all.stream()
                        .filter(problem -> !problem.code().equals("missing-input"))
                        .toList();
                terminal.problems(problems);
                terminal.emit(new Line.Validated(
                        target.runbook().toString(),
                        0,
                        count(problems, Severity.ERROR),
                        count(problems, Severity.WARNING),
                        missing(all)));
                if (problems.stream().anyMatch(Problem::isError)) {
                    yield ExitCode.BAD_INPUT.number();
                }
                terminal.note(target.runbook() + ": no problem found; to give when it is used: "
                        + String.join(", ", missing(all)));
                yield ExitCode.DONE.number();
            }
            case Loaded.Ok loaded -> {
                terminal.problems(loaded.warnings());
                terminal.emit(new Line.Validated(
                        target.runbook().toString(),
                        loaded.runbook().steps().size(),
                        0,
                        loaded.warnings().size(),
                        List.of()));
                terminal.note(target.runbook() + ": " + loaded.runbook().steps().size() + " steps, no problem found");
                yield ExitCode.DONE.number();
            }
        };
    }

    private static int count(List<Problem> problems, Severity severity) {
        return (int) problems.stream()
                .filter(problem -> problem.severity() == severity)
                .count();
    }

    private static List<String> missing(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.code().equals("missing-input"))
                .map(problem -> problem.next().replace("give it with ", ""))
                .toList();
    }
}
