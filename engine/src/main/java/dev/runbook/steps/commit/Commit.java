package dev.runbook.steps.commit;

import dev.runbook.step.Effect;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Nature;
import dev.runbook.step.Effects.Need;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.WrittenParameter;
import java.util.List;
import java.util.Map;

/** The point of no return: a failure before it rolls back the run; after it the run can only continue. */
public final class Commit extends NamedStepType<Commit.Parameters> {
    /** No fields. */
    public record Parameters() {}

    public Commit() {
        super(
                "commit",
                Parameters.class,
                "Writes the commit record on every host. A failure before it rolls back the run; after it the run can"
                        + " only continue.");
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        return Effects.of(Nature.OBSERVES)
                .needing(Need.not(Effect.COMMITTED), Need.once(Effect.SWITCHED, Effect.VERIFIED))
                .setting(Effect.COMMITTED);
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        return new StepPlan.Planned(List.of(), Map.of(), List.of(), List.of(), List.of(), true);
    }
}
