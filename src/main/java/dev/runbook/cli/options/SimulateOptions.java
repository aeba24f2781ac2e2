package dev.runbook.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Nodes in memory in the place of hosts. */
public final class SimulateOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--simulate",
            description = "On simulated nodes in place of the inventory's hosts, which are not connected to.")
    boolean simulate;

    @Option(
            names = "--facts",
            paramLabel = "FILE",
            description = "Simulate hosts as `runbook facts -o FILE` found them; without, as kubeadm sets them up.")
    @Nullable
    Path facts;

    /** The same connections, or none. */
    public ConnectionOptions applyTo(ConnectionOptions connections) {
        if (facts != null && !simulate) {
            throw new ParameterException(spec.commandLine(), "--facts is for simulated nodes: give --simulate, too");
        }
        return connections.simulate(simulate).facts(Optional.ofNullable(facts));
    }
}
