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

/** What to do about a need that is not met, in terms of the step types that there are. */
final class Remedies {
    private static final WrittenParameter NOTHING_GIVEN = new WrittenParameter.Named(Map.of());

    private final StepCatalog catalog;

    Remedies(StepCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * For a step that comes too early.
     *
     * @param later a step further down that would meet the need
     * @param undoneBy a step further up that took away again what met it
     */
    String forStep(Need need, Optional<StepEffect> later, Optional<StepEffect> undoneBy) {
        if (later.isPresent()) {
            return "move " + later.get().pointed() + " before it";
        }
        var types = types(need.mark(), need.holds());
        if (undoneBy.isPresent() && need.holds()) {
            return undoneBy.get().pointed() + " undoes what was there"
                    + (types.isEmpty() ? "" : ": put " + types + " behind that");
        }
        return types.isEmpty() ? "" : "put " + types + " before it";
    }

    /** For what is missing when all steps are done. */
    String forEnd(Need need) {
        var types = types(need.mark(), need.holds());
        return types.isEmpty() ? "" : "add " + types;
    }

    /** Step types that set a mark, or clear it, by themselves. */
    private String types(Effect mark, boolean set) {
        List<String> names = new ArrayList<>();
        for (StepType<?> type : catalog.types()) {
            var effects = type.effects(NOTHING_GIVEN);
            if ((set ? effects.sets() : effects.clears()).contains(mark)) {
                names.add(type.name());
            }
        }
        return names.isEmpty() ? "" : "a step of type " + String.join(" or ", names);
    }
}
