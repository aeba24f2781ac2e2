package dev.runbook.steps.fetch;

import dev.runbook.model.Problem;
import dev.runbook.model.action.TransferAction;
import dev.runbook.step.Doc;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Nature;
import dev.runbook.step.Output;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.StepType;
import dev.runbook.step.ValueType;
import dev.runbook.step.WrittenParameter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Brings a file from each host to this machine. */
public final class Fetch implements StepType<Fetch.Parameters> {
    private static final Duration USUAL = Duration.ofMinutes(10);

    /** Fields of the step. */
    public record Parameters(
            @Doc("Absolute path of the file on the host.") String src,

            @Doc("Folder on this machine; the file comes to HOST/SRC in it, as with Ansible's fetch.")
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

    @Override
    public String name() {
        return "fetch";
    }

    @Override
    public String summary() {
        return "Brings a file from each host to this machine, SHA-256 compared, readable by its owner alone; a file"
                + " that is there with another content is never overwritten. It stays when the run is taken back.";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public boolean looksOnly() {
        return true;
    }

    @Override
    public List<Output> outputs() {
        return List.of(new Output("path", ValueType.STRING, "Where the host's file is on this machine."));
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        return Effects.of(Nature.LOOKS);
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        if (context.files().read(parameters.dest()).isPresent()) {
            return StepPlan.Refused.because(Problem.ofCall(
                    "file-in-the-way",
                    parameters.dest() + " is a file, and dest of the step fetch is a folder",
                    "name a folder"));
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
