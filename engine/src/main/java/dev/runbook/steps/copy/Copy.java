package dev.runbook.steps.copy;

import dev.runbook.model.Attributes;
import dev.runbook.model.Problem;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.TransferAction;
import dev.runbook.step.Default;
import dev.runbook.step.Doc;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Claim;
import dev.runbook.step.LocalFiles;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.Snapshots;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.WrittenParameter;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes a file on a host. */
public final class Copy extends NamedStepType<Copy.Parameters> {
    /** Fields of the step. */
    public record Parameters(
            @Doc("File on this machine to send; alternative to content.")
            Optional<Path> src,

            @Doc("Text to write, UTF-8; alternative to src.")
            Optional<String> content,

            @Doc("Absolute path on the host; the run retains a file that is there already.")
            String dest,

            @Doc("Mode of the file, in octal digits.") @Default("0644")
            String mode,

            @Doc("Numeric ID of the owner.") @Default("0") int owner,
            @Doc("Numeric ID of the group.") @Default("0") int group) {
        public Parameters {
            if (!dest.startsWith("/")) {
                throw new IllegalArgumentException("dest is an absolute path, not " + dest);
            }
            if (src.isPresent() == content.isPresent()) {
                throw new IllegalArgumentException("give exactly one of src and content");
            }
            attributes(mode, owner, group);
        }

        /** Also called by the constructor, so that a bad mode is an error when the runbook is loaded. */
        private static Attributes attributes(String mode, int owner, int group) {
            return new Attributes(mode, owner, group);
        }
    }

    public Copy() {
        super(
                "copy",
                Parameters.class,
                "Writes a file on the host, from a file on this machine or from a text; a rollback restores the file"
                        + " that it replaced.");
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        var isUnspecified =
                parameters.field("owner") instanceof WrittenParameter.Known(var owner, var isDefault) && isDefault;
        return Effects.of(Effects.Nature.CHANGES)
                .claiming(
                        isUnspecified
                                ? List.of(new Claim.OwnerUnspecified(
                                        List.of("dest"),
                                        parameters.field("dest").text().orElse("")))
                                : List.of());
    }

    @Override
    public List<Problem> fileProblems(Parameters parameters, Snapshots snapshots, LocalFiles files) {
        return parameters.src().filter(source -> files.read(source).isEmpty()).map(Copy::missing).stream()
                .toList();
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        var actions = new Actions(context.state());
        var folder = RunFolder.parent(parameters.dest()) + "/.runbook-"
                + context.run().id();
        var staged = folder + "/" + RunFolder.name(parameters.dest());
        // A path that the run copies to twice is retained twice.
        for (int number = 2; actions.state().at(staged).isPresent(); number++) {
            staged = folder + "/" + RunFolder.name(parameters.dest()) + "." + number;
        }
        var attributes = Parameters.attributes(parameters.mode(), parameters.owner(), parameters.group());
        RunFolder.ensure(actions, folder);
        if (parameters.content().isPresent()) {
            actions.add(new FileAction.CreateFile(staged, parameters.content().get(), attributes, staged + ".unused"));
        } else {
            var source = parameters.src().orElseThrow();
            var file = context.files().read(source);
            if (file.isEmpty()) {
                return StepPlan.Refused.because(missing(source));
            }
            actions.add(new TransferAction.SendFile(
                    source, staged, file.get().size(), file.get().sha256(), attributes));
        }
        actions.add(new FileAction.PlaceFile(staged, parameters.dest(), staged + ".before"));
        return StepPlan.Planned.of(actions.list());
    }

    private static Problem missing(Path source) {
        return Problem.ofCall(
                "no-such-file", source + " does not exist or cannot be read", "correct src of the step copy");
    }
}
