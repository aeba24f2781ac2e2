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
import dev.runbook.cli.terminal.Touched;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.report.line.InvocationLine;
import dev.runbook.report.line.LineWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Entry point of the command line. */
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
            "Exit codes: 0 done; 1 failed and rolled back; 2 invalid input, nothing changed; 3 manual intervention"
                + " required, or your decision needed; 4 interrupted; 5 hosts unreachable or pre-flight checks failed,"
                + " nothing changed; 6 changes pending (plan --detailed-exitcode); 70 internal error, nothing changed."
        })
public final class Main implements Runnable {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "no command given; try: runbook plan RUNBOOK -i INVENTORY");
    }

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /** Runs the whole program, except that the process does not exit. */
    static int execute(String... args) {
        boolean debug = List.of(args).contains("--debug");
        Touched.clear();
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::refuse)
                .setExecutionExceptionHandler((exception, commandLine, _) -> fail(exception, commandLine, debug, args))
                .execute(args);
    }

    /** Prints the refusal of a command line for programs that read JSON Lines. */
    private static void emitRefusal(String[] args, Exception why, ExitCode code) {
        if (List.of(args).contains("--json")) {
            System.out.println(
                    LineWriter.write(new InvocationLine.Refused(String.valueOf(why.getMessage()), code.number())));
        }
    }

    private static int refuse(CommandLine.ParameterException exception, String[] args) {
        var err = exception.getCommandLine().getErr();
        emitRefusal(args, exception, ExitCode.BAD_INPUT);
        err.println("runbook: " + exception.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("Try: " + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.BAD_INPUT.number();
    }

    private static int fail(Exception exception, CommandLine commandLine, boolean debug, String[] args) {
        if (exception instanceof UsageError || exception instanceof BadSnapshot) {
            emitRefusal(args, exception, ExitCode.BAD_INPUT);
            commandLine.getErr().println("runbook: " + exception.getMessage());
            return ExitCode.BAD_INPUT.number();
        }
        var code = Touched.isMarked() ? ExitCode.STUCK : ExitCode.INTERNAL;
        emitRefusal(args, exception, code);
        var err = commandLine.getErr();
        err.println("runbook: internal error: " + exception);
        err.println(
                code == ExitCode.STUCK
                        ? "A run may be in progress: `runbook runs` shows its state."
                        : "Nothing was changed on any host.");
        err.println(
                "Please report it with the version (`runbook --version`), the command line without secrets, and what"
                        + " --debug prints; `runbook facts` records the hosts without secrets.");
        if (debug) {
            exception.printStackTrace(err);
        }
        return code.number();
    }
}
