package dev.runbook.steps.confirm;

import dev.runbook.model.Question;
import dev.runbook.step.Doc;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Nature;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.StepType;
import dev.runbook.step.WrittenParameter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a person, and goes on with a yes only. */
public final class Confirm implements StepType<Confirm.Parameters> {
    private static final Duration USUAL = Duration.ofMinutes(15);

    /** Fields of the step. */
    public record Parameters(
            @Doc("What the person is asked, to be answered with yes or no. Hosts may have questions of their own; they"
                    + " are put at once.")
            String question) {
        public Parameters {
            if (question.isBlank()) {
                throw new IllegalArgumentException("a question has words");
            }
        }
    }

    @Override
    public String name() {
        return "confirm";
    }

    @Override
    public String summary() {
        return "Asks a person, and goes on with a yes only; --yes says it beforehand. Anything else, or silence until"
                + " the step's timeout (usually 15m), takes the run back, or behind the commit leaves it to be"
                + " resumed.";
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
    public Effects effects(WrittenParameter parameters) {
        return Effects.of(Nature.LOOKS);
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        return new StepPlan.Planned(
                List.of(),
                Map.of(),
                List.of("asks: " + parameters.question()),
                List.of(),
                List.of(),
                false,
                Optional.of(new Question(parameters.question(), context.timeoutOr(USUAL))));
    }
}
