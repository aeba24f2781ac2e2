package dev.runbook.report.outage;

import dev.runbook.model.action.Action;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.ServiceAction;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The action of a stopping step that takes a host's API server away. What comes before it, checks and moved manifests that no kubelet
 * sees, takes nothing away.
 */
final class ApiStop {
    private ApiStop() {}

    /** Whether the action that takes the API server away comes directly after this one; -1 stands for the begin of the step. */
    static boolean isNext(List<Action> actions, int ended) {
        var taking = taking(actions);
        if (taking.isEmpty()) {
            return false;
        }
        int before = taking.getAsInt() - 1;
        // What only a rollback does takes no time, and ends in any order.
        while (before >= 0 && !actions.get(before).direction().forward()) {
            before--;
        }
        return ended == before;
    }

    private static OptionalInt taking(List<Action> actions) {
        var runtime = first(actions, action -> action instanceof ContainerAction.StopContainers);
        if (runtime.isPresent()) {
            return runtime;
        }
        var kubelet = first(actions, action -> action instanceof FileAction.MovePath);
        return kubelet.isPresent() ? kubelet : first(actions, action -> action instanceof ServiceAction.StopUnit);
    }

    private static OptionalInt first(List<Action> actions, Predicate<Action> kind) {
        return IntStream.range(0, actions.size())
                .filter(index -> actions.get(index).direction().forward() && kind.test(actions.get(index)))
                .findFirst();
    }
}
