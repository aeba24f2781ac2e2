package dev.runbook.cli;

import dev.runbook.cli.apply.ApplyCommand;
import dev.runbook.cli.apply.PlanCommand;
import dev.runbook.cli.authoring.SchemaCommand;
import dev.runbook.cli.authoring.StepsCommand;
import dev.runbook.cli.authoring.ValidateCommand;
import dev.runbook.cli.demo.DemoCommand;
import dev.runbook.cli.inventory.FactsCommand;
import dev.runbook.cli.prove.ProveCommand;
import dev.runbook.cli.runs.ResumeCommand;
import dev.runbook.cli.runs.RollbackCommand;
import dev.runbook.cli.runs.RunsCommand;
import dev.runbook.cli.runs.UnlockCommand;
import dev.runbook.cli.snapshot.SnapshotCommand;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.ProgramVersion;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.etcd.snapshot.BadSnapshot;
import dev.runbook.report.line.Line;
import dev.runbook.report.line.LineWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line's entry point. */
@Command(
        name = "runbook",
        mixinStandardHelpOptions = true,
        version = "runbook " + ProgramVersion.NUMBER,
        description =
                "Backs up and restores etcd on Kubernetes control planes of several members, over SSH, from a YAML"
                        + " runbook.",
        subcommands = {
            ApplyCommand.class,
            PlanCommand.class,
            ValidateCommand.class,
            ProveCommand.class,
            ResumeCommand.class,
            RollbackCommand.class,
            UnlockCommand.class,
            RunsCommand.class,
            FactsCommand.class,
            StepsCommand.class,
            SchemaCommand.class,
            SnapshotCommand.class,
            DemoCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done; 1 failed, and back as it was; 2 wrong input, nothing touched; 3 a person is needed;",
            "4 interrupted; 5 hosts unreachable or preflight failed, nothing changed; 6 changes pending (plan"
                    + " --detailed-exitcode)."
        })
public final class Main implements Runnable {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "say what to do, such as: runbook plan RUNBOOK -i INVENTORY");
    }

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /** The whole program but for the end of the process. */
    static int execute(String... args) {
        boolean debug = List.of(args).contains("--debug");
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::wrongCall)
                .setExecutionExceptionHandler(
                        (exception, commandLine, _) -> failed(exception, commandLine, debug, args))
                .execute(args);
    }

    /** A program that reads lines gets one from a call that came to nothing, too. */
    private static void refused(String[] args, Exception why, ExitCode code) {
        if (List.of(args).contains("--json")) {
            System.out.println(LineWriter.write(new Line.Refused(String.valueOf(why.getMessage()), code.number())));
        }
    }

    private static int wrongCall(CommandLine.ParameterException exception, String[] args) {
        var err = exception.getCommandLine().getErr();
        refused(args, exception, ExitCode.BAD_INPUT);
        err.println("runbook: " + exception.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("Try: " + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.BAD_INPUT.number();
    }

    private static int failed(Exception exception, CommandLine commandLine, boolean debug, String[] args) {
        if (exception instanceof UsageError || exception instanceof BadSnapshot) {
            refused(args, exception, ExitCode.BAD_INPUT);
            commandLine.getErr().println("runbook: " + exception.getMessage());
            return ExitCode.BAD_INPUT.number();
        }
        refused(args, exception, ExitCode.STUCK);
        commandLine.getErr().println("runbook: internal error: " + exception);
        commandLine
                .getErr()
                .println("If a run was under way, `runbook runs` shows where it stands. --debug shows more.");
        if (debug) {
            exception.printStackTrace(commandLine.getErr());
        }
        return ExitCode.STUCK.number();
    }
}
