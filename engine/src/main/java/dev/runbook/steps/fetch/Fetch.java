package dev.runbook.steps.fetch;

import dev.runbook.model.Problem;
import dev.runbook.model.action.TransferAction;
import dev.runbook.step.Doc;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Nature;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.Output;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.ValueType;
import dev.runbook.step.WrittenParameter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Copies a file from each host to this machine. */
public final class Fetch extends NamedStepType<Fetch.Parameters> {
    private static final Duration USUAL = Duration.ofMinutes(10);

    /** Fields of the step. */
    public record Parameters(
            @Doc("Absolute path of the file on the host.") String src,

            @Doc("Folder on this machine; the file is written to HOST/SRC in it, as by Ansible's fetch.")
            Path dest) {
        public Parameters {
            if (!src.startsWith("/") || src.endsWith("/")) {
                throw new IllegalArgumentException("src is the absolute path of a file, not " + src);
            }
            if (List.of(src.split("/")).contains("..")) {
                throw new IllegalArgumentException("src has no .. in it: " + src);
            }
        }
    }

    public Fetch() {
        super(
                "fetch",
                Parameters.class,
                "Copies a file from each host to this machine and compares its SHA-256; only its owner may read the"
                        + " copy. A file of another content is never overwritten. A rollback retains the copy.");
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public List<Output> outputs() {
        return List.of(new Output("path", ValueType.STRING, "Path of the host's file on this machine."));
    }

    @Override
    public boolean mustRun() {
        return true;
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        return Effects.of(Nature.OBSERVES);
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        if (context.files().read(parameters.dest()).isPresent()) {
            return StepPlan.Refused.because(Problem.ofCall(
                    "dest-is-file",
                    parameters.dest() + " is a file, but dest of the step fetch must be a folder",
                    "give dest a folder"));
        }
        var target = parameters
                .dest()
                .resolve(context.host())
                .resolve(parameters.src().substring(1))
                .normalize();
        return new StepPlan.Planned(
                List.of(new TransferAction.FetchFile(parameters.src(), target, context.timeoutOr(USUAL))),
                Map.of("path", target.toString()),
                List.of(),
                List.of(),
                List.of(),
                false);
    }
}
