package dev.runbook.execute;

import dev.runbook.journal.RunState;
import dev.runbook.journal.RunState.Standing;
import dev.runbook.journal.StepState;
import dev.runbook.model.action.RunProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that may have run, or in part, and that no machine may repeat on a guess: a person knows, or can look.
 *
 * @param index in the step's actions of the host
 */
public record InDoubtAction(int step, String stepName, String host, int index, RunProgram program) {
    /** What a person says of a doubt, or of any program in this step on this host. */
    public record Decision(int step, String host, boolean done) {}

    /** What stands in the way of going on. */
    static List<InDoubtAction> of(RunState state, NodeJournals known) {
        var doubts = new ArrayList<InDoubtAction>();
        state.steps()
                .forEach((number, step) -> step.actions().keySet().stream()
                        .sorted()
                        .forEach(host -> add(doubts, number, step, host, known)));
        return doubts;
    }

    private static void add(List<InDoubtAction> doubts, int number, StepState step, String host, NodeJournals known) {
        var actions = step.of(host);
        for (int index = 0; index < actions.size(); index++) {
            if (actions.get(index) instanceof RunProgram program
                    && program.mutates()
                    && isOpen(step.standing(host, index))
                    && known.running(host, ActionNumbers.forward(number, actions, index), program)
                            .isEmpty()) {
                doubts.add(new InDoubtAction(number, step.name(), host, index, program));
            }
        }
    }

    private static boolean isOpen(Standing standing) {
        return switch (standing) {
            case IN_DOUBT, FAILED -> true;
            case DONE, NOT_OURS, UNTOUCHED, UNDONE -> false;
        };
    }

    boolean isAnsweredBy(Decision decision) {
        return decision.step() == step && decision.host().equals(host);
    }
}
