package dev.runbook.execute;

import dev.runbook.journal.StepState;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import java.util.Set;

/**
 * The barrier of a rollback: no old member starts while restored ones may still serve. A minority of them cannot, so
 * that one lost host does not keep the others down; and the old ones could not serve either without their majority.
 */
final class Quorum {
    private Quorum() {}

    /** Whether the members that this step started are too many on hosts where they could not be stopped again. */
    static boolean mayServeOn(StepState step, Set<String> stuck) {
        var started = step.actions().keySet().stream()
                .filter(host -> step.of(host).stream().anyMatch(Quorum::waitsForADatabase))
                .toList();
        long running = started.stream()
                .filter(host -> stuck.contains(host) && Compensations.mayHaveHadEffect(step, host))
                .count();
        return running > 0 && 2 * running >= started.size();
    }

    /** Only a step that starts a member waits, in a rollback, until no process holds its database. */
    private static boolean waitsForADatabase(Action action) {
        return action instanceof Await await
                && await.probe() instanceof Probe.LockFree
                && await.direction().backward();
    }
}
