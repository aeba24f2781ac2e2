package dev.runbook.steps.confirm;

import dev.runbook.model.Question;
import dev.runbook.step.Doc;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Nature;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.WrittenParameter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the operator a question, and continues only on yes. */
public final class Confirm extends NamedStepType<Confirm.Parameters> {
    private static final Duration USUAL = Duration.ofMinutes(15);

    /** Fields of the step. */
    public record Parameters(
            @Doc("Question to the operator, answered with yes or no. It may differ from host to host; all are asked at"
                    + " once.")
            String question) {
        public Parameters {
            if (question.isBlank()) {
                throw new IllegalArgumentException("the question is empty: write what the operator decides");
            }
        }
    }

    public Confirm() {
        super(
                "confirm",
                Parameters.class,
                "Asks the operator, and continues only on yes; --yes answers in advance. Any other answer, or none"
                    + " within the step's timeout (default 15m), rolls back the run; after the commit, the run stops"
                    + " and can be resumed.");
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        return Effects.of(Nature.OBSERVES);
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
