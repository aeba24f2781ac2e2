package dev.runbook.lint;

import dev.runbook.step.Effect;
import dev.runbook.step.Effects.Need;
import dev.runbook.step.StepCatalog;
import dev.runbook.step.StepType;
import dev.runbook.step.WrittenParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Suggestions for a need that is not met, in terms of the step types in the catalog. */
final class Remedies {
    private static final WrittenParameter NOTHING_GIVEN = new WrittenParameter.Named(Map.of());

    private final StepCatalog catalog;

    Remedies(StepCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * For a step that runs too early.
     *
     * @param later a later step that would meet the need
     * @param clearedBy an earlier step that cleared the effect again
     */
    String forStep(Need need, Optional<StepEffect> later, Optional<StepEffect> clearedBy) {
        if (later.isPresent()) {
            return "move " + later.get().reference() + " before it";
        }
        var types = types(need.effect(), need.holds());
        if (clearedBy.isPresent() && need.holds()) {
            return clearedBy.get().reference() + " undoes it"
                    + (types.isEmpty() ? "" : ": add " + types + " after that step");
        }
        return types.isEmpty() ? "" : "add " + types + " before it";
    }

    /** For a need that is not met after the last step. */
    String forEnd(Need need) {
        var types = types(need.effect(), need.holds());
        return types.isEmpty() ? "" : "add " + types;
    }

    /** Step types that set an effect, or clear it, with no parameters given. */
    private String types(Effect effect, boolean set) {
        List<String> names = new ArrayList<>();
        for (StepType<?> type : catalog.types()) {
            var effects = type.effects(NOTHING_GIVEN);
            if ((set ? effects.sets() : effects.clears()).contains(effect)) {
                names.add(type.name());
            }
        }
        return names.isEmpty() ? "" : "a step of type " + String.join(" or ", names);
    }
}
