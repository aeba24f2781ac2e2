package dev.runbook.steps.preflight;

import dev.runbook.model.Problem;
import dev.runbook.step.StepContext;
import dev.runbook.steps.shared.MemberSilence;
import java.util.List;
import java.util.stream.Stream;

/** A member that runs and does not answer is not one that is down. */
final class AnswerChecks {
    private AnswerChecks() {}

    static List<Problem> check(StepContext context) {
        return Stream.of(MemberSilence.cannotBeAsked(context.facts()), MemberSilence.doesNotAnswer(context.facts()))
                .flatMap(found -> found.stream())
                .toList();
    }
}
