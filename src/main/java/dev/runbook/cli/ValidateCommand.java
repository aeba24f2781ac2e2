package dev.runbook.cli;

import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.options.ReportOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.load.Loaded;
import dev.runbook.load.Loader;
import dev.runbook.model.Problem;
import dev.runbook.model.Severity;
import dev.runbook.report.line.Line;
import dev.runbook.report.sarif.Codes;
import dev.runbook.steps.StepTypes;
import java.nio.file.Path;
import java.time.Clock;
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
        description =
                "Reads a runbook, and inventories when given, and tells every problem at once; connects to nothing.")
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    TargetOptions target = new TargetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    ReportOptions reports = new ReportOptions();

    @Option(
            names = "--sarif",
            paramLabel = "FILE",
            description = "Write what was found as SARIF 2.1.0, for code scanning.")
    @Nullable
    Path sarif;

    @Override
    public Integer call() throws Exception {
        var reporting =
                new Reporting(Terminal.ofProcess(output), reports, Clock.systemUTC(), "validate", target.runbook());
        if (sarif != null) {
            reporting.sarif(sarif, new Codes());
        }
        return reporting.during(() -> validate(reporting)).number();
    }

    private ExitCode validate(Reporting reporting) {
        return switch (new Loader(StepTypes.ALL).load(target.request())) {
            case Loaded.Failed(var all) -> {
                // Whether the text is right does not depend on values that are given when it is used.
                var problems = all.stream()
                        .filter(problem -> !problem.code().equals("missing-input"))
                        .toList();
                var told = String.join(", ", missing(all));
                yield told(reporting, 0, problems, missing(all), "no problem found; to give when it is used: " + told);
            }
            case Loaded.Ok loaded -> {
                int steps = loaded.runbook().steps().size();
                yield told(reporting, steps, loaded.warnings(), List.of(), steps + " steps, no problem found");
            }
        };
    }

    private ExitCode told(
            Reporting reporting, int steps, List<Problem> problems, List<String> missing, String whenRight) {
        reporting.problems(problems);
        int errors = count(problems, Severity.ERROR);
        reporting
                .terminal()
                .emit(new Line.Validated(
                        target.runbook().toString(), steps, errors, problems.size() - errors, missing));
        if (errors > 0) {
            return ExitCode.BAD_INPUT;
        }
        reporting.terminal().note(target.runbook() + ": " + whenRight);
        return ExitCode.DONE;
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
