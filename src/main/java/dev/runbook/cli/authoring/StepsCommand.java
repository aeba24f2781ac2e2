package dev.runbook.cli.authoring;

import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.report.StepReference;
import dev.runbook.report.line.ProblemLineMapper;
import dev.runbook.step.StepType;
import dev.runbook.steps.StepTypes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code runbook steps}. */
@Command(
        name = "steps",
        mixinStandardHelpOptions = true,
        description = "Lists the step types, or describes one of them.")
public final class StepsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TYPE", arity = "0..1", description = "A step type, such as restore.")
    String type = "";

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws UsageError {
        var terminal = Terminal.ofProcess(output);
        if (type.isEmpty()) {
            for (StepType<?> known : StepTypes.ALL.types()) {
                terminal.emit(ProblemLineMapper.of(known));
                if (!terminal.json()) {
                    terminal.line("%-16s %s".formatted(known.name(), known.summary()));
                }
            }
            return ExitCode.DONE.number();
        }
        var known = StepTypes.ALL
                .find(type)
                .orElseThrow(() -> new UsageError("no step type " + type + "; `runbook steps` lists them"));
        terminal.emit(ProblemLineMapper.of(known));
        if (!terminal.json()) {
            terminal.lines(StepReference.of(known));
        }
        return ExitCode.DONE.number();
    }
}
