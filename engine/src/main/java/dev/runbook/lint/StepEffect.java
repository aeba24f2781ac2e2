package dev.runbook.lint;

import dev.runbook.load.Step;
import dev.runbook.model.Position;
import dev.runbook.step.Effect;
import dev.runbook.step.Effects;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A step that may run, with its effects.
 *
 * @param written the step as the runbook has it
 * @param hosts on which it may run; placeholders where no inventory names any
 */
record StepEffect(Step written, Effects effects, Set<String> hosts) {
    StepEffect {
        hosts = Collections.unmodifiableSet(new LinkedHashSet<>(hosts));
    }

    /** The name of its type, for messages. */
    String type() {
        return written.call().type().name();
    }

    /** Of the step type's key. */
    Position position() {
        return written.call().position();
    }

    /** Position of its {@code hosts}: at the step, or at the runbook. */
    Position hostsPosition() {
        return written.hosts().position().orElse(position());
    }

    int line() {
        return position().line();
    }

    /** A reference to the step for a message on another line. */
    String reference() {
        return "the step \"" + written.name() + "\" in line " + line();
    }

    /** Whether it changes hosts of this kind. */
    boolean changes(Effect.Whose whose) {
        return effects.nature() != Effects.Nature.OBSERVES
                && effects.nature() != Effects.Nature.CHECKS
                && effects.touched().stream().anyMatch(effect -> effect.whose() == whose);
    }
}
