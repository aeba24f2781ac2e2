package dev.runbook.execute;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunPlan;
import dev.runbook.journal.RunState;
import dev.runbook.journal.RunState.ActionStatus;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.TransferAction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Adapts a run to another machine than the one it began on: the files that it reads and writes lie elsewhere here.
 *
 * @param from the run's folder on the machine where it began
 * @param to its folder here
 * @param files on this machine, by SHA-256: they replace files to be sent that have the same
 */
public record PathRelocation(Path from, Path to, Map<String, Path> files) {
    public PathRelocation {
        files = Map.copyOf(files);
    }

    public RunEvent applied(RunEvent event) {
        return switch (event) {
            case RunEvent.RunPlanned planned ->
                new RunEvent.RunPlanned(
                        planned.at(),
                        new RunPlan(planned.plan().steps().stream()
                                .map(this::applied)
                                .toList()));
            case RunEvent.StepIntended intended ->
                new RunEvent.StepIntended(
                        intended.at(),
                        intended.step(),
                        intended.name(),
                        intended.type(),
                        actions(intended.actions(), this::applied));
            case RunEvent other -> other;
        };
    }

    private RunPlan.Step applied(RunPlan.Step step) {
        return new RunPlan.Step(
                step.index(),
                step.name(),
                step.type(),
                actions(step.actions(), this::applied),
                step.commits(),
                step.rollsBack(),
                step.question());
    }

    private static Map<String, List<Action>> actions(Map<String, List<Action>> actions, UnaryOperator<Action> change) {
        var changed = new TreeMap<String, List<Action>>();
        actions.forEach(
                (host, list) -> changed.put(host, list.stream().map(change).toList()));
        return changed;
    }

    private Action applied(Action action) {
        return action instanceof TransferAction transfer ? transfer.relocated(this::here, files) : action;
    }

    private Path here(Path path) {
        return path.startsWith(from) ? to.resolve(from.relativize(path).toString()) : path;
    }

    /** Files that are still to be sent, or may be. */
    public static List<TransferAction.SendFile> toBeSent(RunState state) {
        var sends = new ArrayList<TransferAction.SendFile>();
        state.plan().stream().flatMap(plan -> plan.steps().stream()).forEach(step -> {
            var begun = state.steps().get(step.index());
            step.actions().forEach((host, actions) -> {
                for (int index = 0; index < actions.size(); index++) {
                    if (actions.get(index) instanceof TransferAction.SendFile send
                            && (begun == null || isOpen(begun.status(host, index)))) {
                        sends.add(send);
                    }
                }
            });
        });
        return sends;
    }

    private static boolean isOpen(ActionStatus status) {
        return switch (status) {
            case IN_DOUBT, FAILED, NOT_STARTED -> true;
            case DONE, ALREADY_DONE, UNDONE -> false;
        };
    }
}
