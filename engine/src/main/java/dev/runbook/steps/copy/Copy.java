package dev.runbook.steps.copy;

import dev.runbook.model.Action;
import dev.runbook.model.Attributes;
import dev.runbook.step.Default;
import dev.runbook.step.Doc;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.StepType;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.RunFolder;

/** Writes a small text file that is not there yet. */
public final class Copy implements StepType<Copy.Parameters> {
    /** Fields of the step. */
    public record Parameters(
            @Doc("Text to write, UTF-8.") String content,

            @Doc("Absolute path on the host; nothing may stand there yet.")
            String dest,

            @Doc("Octal digits.") @Default("0644") String mode,
            @Doc("Owner's number.") @Default("0") int owner,
            @Doc("Group's number.") @Default("0") int group) {
        public Parameters {
            if (!dest.startsWith("/")) {
                throw new IllegalArgumentException("dest is an absolute path, not " + dest);
            }
            // Checked here, so that a bad mode is a load error and not one at 3 a.m.
            new Attributes(mode, owner, group);
        }
    }

    @Override
    public String name() {
        return "copy";
    }

    @Override
    public String summary() {
        return "Writes a new text file with owner and mode; taken back by moving it aside.";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        var actions = new Actions(context.state());
        var folder = RunFolder.parent(parameters.dest()) + "/.runbook-"
                + context.run().id();
        RunFolder.ensure(actions, folder);
        actions.add(new Action.CreateFile(
                parameters.dest(),
                parameters.content(),
                new Attributes(parameters.mode(), parameters.owner(), parameters.group()),
                folder + "/" + RunFolder.name(parameters.dest())));
        return StepPlan.Planned.of(actions.list());
    }
}
