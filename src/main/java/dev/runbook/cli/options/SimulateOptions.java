package dev.runbook.cli.options;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Simulated nodes in place of hosts. */
public final class SimulateOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--simulate",
            description = "Use simulated nodes in place of the inventory's hosts; connect to no host.")
    boolean simulate;

    @Mixin
    FactsOptions recorded = new FactsOptions();

    /** Sets whether these connections are simulated, and from which facts. */
    public ConnectionOptions applyTo(ConnectionOptions connections) {
        if (recorded.facts().isPresent() && !simulate) {
            throw new ParameterException(spec.commandLine(), "--facts describes simulated nodes: give --simulate, too");
        }
        return connections.simulate(simulate).facts(recorded.facts());
    }
}
