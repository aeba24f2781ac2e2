package dev.runbook.steps.command;

import dev.runbook.model.action.RunProgram;
import dev.runbook.model.action.RunProgram.ProgramEffect;
import dev.runbook.step.Default;
import dev.runbook.step.Doc;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Nature;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.WrittenParameter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs a program directly, without a shell. */
public final class Command extends NamedStepType<Command.Parameters> {
    /** Fields of the step. */
    public record Parameters(
            @Doc("Program and arguments, one list entry each; no shell reads them.")
            List<String> argv,

            @Doc("The program changes nothing, so it needs no undo.") @Default("false")
            boolean readOnly,

            @Doc("The program cannot be undone; a failure after it and before the commit requires manual intervention.")
            @Default("false")
            boolean irreversible,

            @Doc("Program and arguments that undo it.") List<String> undo,
            @Doc("Folder on the host to run it in.") Optional<String> chdir) {
        public Parameters {
            if (argv.isEmpty()) {
                throw new IllegalArgumentException("argv needs a program");
            }
            int declared = (readOnly ? 1 : 0) + (irreversible ? 1 : 0) + (undo.isEmpty() ? 0 : 1);
            if (declared != 1) {
                throw new IllegalArgumentException(
                        "state how the command is undone: exactly one of undo, read_only: true or irreversible: true");
            }
        }

        ProgramEffect effect() {
            if (readOnly) {
                return new ProgramEffect.ReadOnly();
            }
            return irreversible ? new ProgramEffect.Irreversible() : new ProgramEffect.Undone(undo);
        }
    }

    public Command() {
        super("command", Parameters.class, "Runs a program on the host; the runbook states how it is undone.");
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        if (parameters.field("read_only").is(true)) {
            return Effects.of(Nature.CHECKS);
        }
        var nature = parameters.field("irreversible").is(true) ? Nature.IRREVERSIBLE : Nature.CHANGES;
        return Effects.of(nature).claiming(RestoreArguments.claims(parameters.field("argv")));
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        return StepPlan.Planned.of(List.of(new RunProgram(
                parameters.argv(), parameters.chdir(), context.timeoutOr(Duration.ofMinutes(5)), parameters.effect())));
    }
}
