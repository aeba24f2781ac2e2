package dev.runbook.lint;

import dev.runbook.load.Step;
import dev.runbook.model.Position;
import dev.runbook.step.Effect;
import dev.runbook.step.Effects;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A step that is going to run, or may.
 *
 * @param hosts on which it may run; stand-ins where no inventory names any
 */
record StepEffect(Step step, Effects effects, Set<String> hosts) {
    StepEffect {
        hosts = Collections.unmodifiableSet(new LinkedHashSet<>(hosts));
    }

    /** Its type's name, as messages call it. */
    String type() {
        return step.call().type().name();
    }

    /** Of the step type's key. */
    Position position() {
        return step.call().position();
    }

    /** Where its hosts are written: at the step, or at the runbook. */
    Position hostsPosition() {
        return step.hosts().position().orElse(position());
    }

    int line() {
        return position().line();
    }

    /** How a message points at it from another line. */
    String pointed() {
        return "the step \"" + step.name() + "\" in line " + line();
    }

    /** Whether it acts on hosts of this kind, more than by looking at them. */
    boolean actsOn(Effect.Whose whose) {
        return effects.nature() != Effects.Nature.LOOKS
                && effects.nature() != Effects.Nature.CHECKS
                && effects.touched().stream().anyMatch(mark -> mark.whose() == whose);
    }
}
