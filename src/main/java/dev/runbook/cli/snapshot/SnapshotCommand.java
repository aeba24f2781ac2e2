package dev.runbook.cli.snapshot;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code runbook snapshot}. */
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        description = "Reads etcd snapshot files, without etcd.",
        subcommands = {
            StatusCommand.class,
            ListCommand.class,
            GetCommand.class,
            DiffCommand.class,
            ExportCommand.class,
            ExtractCommand.class
        })
public final class SnapshotCommand implements Runnable {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "no command given; try: runbook snapshot status FILE");
    }
}
