package dev.runbook.node.sim;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Failure;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.EtcdDataAction;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Faults that are injected into a simulated node, by the number of the action at which each shows. */
public final class SimFaults {
    /** Performs an action, in full or only that part of its effect which can be there alone. */
    @FunctionalInterface
    interface Performer {
        ActionResult perform(boolean half);
    }

    private final SimNode node;
    private final Map<Integer, Fault> forward = new HashMap<>();
    private final Map<Integer, Fault> backward = new HashMap<>();
    private int stallAt = -1;
    private boolean diskFull;
    private boolean continuesAfterDisconnect;

    SimFaults(SimNode node) {
        this.node = node;
    }

    /** Injects a fault into the action with this number, counted from 0 over all batches of the way forward. */
    public void failAt(int number, Fault how) {
        forward.put(number, how);
    }

    /** Injects a fault into the undo with this number. */
    public void failUndoAt(int number, Fault how) {
        backward.put(number, how);
    }

    /** Makes the action with this number, forward, take a while, or until it is cancelled. */
    public void stallAt(int number) {
        stallAt = number;
    }

    boolean stallsAt(int number) {
        return number == stallAt;
    }

    /** Removes every fault, and makes the node reachable. */
    public void clear() {
        node.reachable(true);
        forward.clear();
        backward.clear();
        diskFull = false;
    }

    Optional<Fault> at(boolean undo, int number) {
        return Optional.ofNullable((undo ? backward : forward).get(number));
    }

    /** Whether the node performs the rest of what it was sent, although the link is lost. */
    boolean continuesAfterDisconnect() {
        return continuesAfterDisconnect;
    }

    void continueAfterDisconnect(boolean does) {
        continuesAfterDisconnect = does;
    }

    boolean stops(Action action) {
        return diskFull && action.needsSpace();
    }

    static ActionResult noSpace() {
        return new ActionResult.Failed(Failure.of("no space left on device"), Duration.ZERO);
    }

    /** The effect and the result of an action that meets a fault. */
    ActionResult perform(Action action, Fault fault, Performer performer) {
        switch (fault) {
            case REFUSED, FAILED_BEFORE, LOST_BEFORE -> {}
            case DISK_FULL -> {
                diskFull = true;
                if (!action.needsSpace()) {
                    return performer.perform(false);
                }
                performer.perform(true);
            }
            case REPEATED -> {
                return repeated(action, performer);
            }
            case DECEIVES -> {
                var result = performer.perform(false);
                if (action instanceof EtcdDataAction.RestoreData restore) {
                    node.tree.damage(restore.dataDir() + "/member");
                }
                return result;
            }
            case KUBELET_RESTARTED -> {
                var result = performer.perform(false);
                node.services.restartKubelet();
                return result;
            }
            case LEADER_CHANGES -> {
                var result = performer.perform(false);
                node.cluster().leaderChanges();
                return result;
            }
            case MEMBER_HANGS -> {
                var result = performer.perform(false);
                node.services.sync();
                node.cluster().hangs(node.name());
                return result;
            }
            case FAILED_AFTER, LOST_AFTER -> performer.perform(false);
            case LOST_GOES_ON -> {
                performer.perform(false);
                continuesAfterDisconnect = true;
            }
            case FAILED_HALFWAY -> performer.perform(true);
            case DIES -> {
                performer.perform(false);
                node.reachable(false);
            }
        }
        return result(fault);
    }

    private static ActionResult result(Fault fault) {
        var failure = Failure.of("injected");
        return switch (fault) {
            case REFUSED -> new ActionResult.Refused(failure, Duration.ZERO);
            case FAILED_BEFORE,
                    FAILED_HALFWAY,
                    FAILED_AFTER,
                    DISK_FULL,
                    REPEATED,
                    DECEIVES,
                    KUBELET_RESTARTED,
                    LEADER_CHANGES,
                    MEMBER_HANGS -> new ActionResult.Failed(failure, Duration.ZERO);
            case LOST_BEFORE, LOST_AFTER, LOST_GOES_ON, DIES -> new ActionResult.InDoubt(failure, Duration.ZERO);
        };
    }

    /** The same action twice, as after a link that was lost on the way: the second time changes nothing. */
    private ActionResult repeated(Action action, Performer performer) {
        var first = performer.perform(false);
        if (first.succeeded() && action.mutates()) {
            var before = node.tree.all();
            var second = performer.perform(false);
            if (!second.succeeded() || !node.tree.all().equals(before)) {
                node.cluster()
                        .violation(node.name() + ": a second time, '" + action.describe() + "' is not done already: "
                                + second);
            }
        }
        return first;
    }
}
