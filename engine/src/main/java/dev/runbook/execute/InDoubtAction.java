package dev.runbook.execute;

import dev.runbook.journal.RunState;
import dev.runbook.journal.RunState.ActionStatus;
import dev.runbook.journal.StepState;
import dev.runbook.model.action.RunProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that may have run, or in part, and must not be repeated on a guess: the operator knows, or can find out.
 *
 * @param index in the step's actions of the host
 */
public record InDoubtAction(int step, String stepName, String host, int index, RunProgram program) {
    /** The operator's decision on the program of this step on this host. */
    public record Decision(int step, String host, boolean done) {}

    /** The actions that block a resume. */
    static List<InDoubtAction> of(RunState state, NodeJournals known) {
        var inDoubtActions = new ArrayList<InDoubtAction>();
        state.steps()
                .forEach((number, step) -> step.actions().keySet().stream()
                        .sorted()
                        .forEach(host -> add(inDoubtActions, number, step, host, known)));
        return inDoubtActions;
    }

    private static void add(
            List<InDoubtAction> inDoubtActions, int number, StepState step, String host, NodeJournals known) {
        var actions = step.of(host);
        for (int index = 0; index < actions.size(); index++) {
            if (actions.get(index) instanceof RunProgram program
                    && program.mutates()
                    && isOpen(step.status(host, index))
                    && known.running(host, ActionNumbers.forward(number, actions, index), program)
                            .isEmpty()) {
                inDoubtActions.add(new InDoubtAction(number, step.name(), host, index, program));
            }
        }
    }

    private static boolean isOpen(ActionStatus status) {
        return switch (status) {
            case IN_DOUBT, FAILED -> true;
            case DONE, ALREADY_DONE, NOT_STARTED, UNDONE -> false;
        };
    }

    boolean isAnsweredBy(Decision decision) {
        return decision.step() == step && decision.host().equals(host);
    }
}
