package dev.runbook.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Recorded facts that simulated nodes are made from. */
public final class FactsOptions {
    @Option(
            names = "--facts",
            paramLabel = "FILE",
            description =
                    "Simulate hosts as `runbook facts -o FILE` recorded them; if omitted, as kubeadm sets them up.")
    @Nullable
    Path facts;

    public Optional<Path> facts() {
        return Optional.ofNullable(facts);
    }
}
