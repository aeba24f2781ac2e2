package dev.runbook.cli;

import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.load.Loaded;
import dev.runbook.load.Loader;
import dev.runbook.steps.StepTypes;
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
            case Loaded.Failed(var problems) -> {
                terminal.problems(problems);
                yield ExitCode.BAD_INPUT.number();
            }
            case Loaded.Ok loaded -> {
                terminal.problems(loaded.warnings());
                terminal.line(target.runbook() + ": " + loaded.runbook().steps().size() + " steps, no problem found");
                yield ExitCode.DONE.number();
            }
        };
    }
}
