package dev.runbook.model.action;

import dev.runbook.model.NodeState;
import dev.runbook.model.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The only language spoken to a node. An action states what shall be, and a node makes it so: a state that is reached
 * already is a success, a state that is neither before nor after is a failure and changes nothing. Paths are absolute
 * paths on the node.
 *
 * <p>A family states what its actions share. A new action is a record in its family, its rendering to sh, and its effect
 * on a simulated node.
 */
public sealed interface Action
        permits FileAction, TransferAction, ServiceAction, ContainerAction, EtcdDataAction, RunProgram, Await {
    /** One line for plans, progress and messages. */
    String describe();

    /** How the action is undone, known before it is performed. */
    Compensation compensation();

    /** Whether a full disk makes it fail. Renames need no space, and so undoing consists of renames. */
    boolean needsSpace();

    /** Whether its time passes outside of the engine: in another program, in the kubelet, in etcd, or on the wire. */
    boolean worksOutside();

    /** The name of its kind in journals and JSON. */
    default String kind() {
        return getClass().getSimpleName();
    }

    /** How long it may take before it counts as failed. */
    default Duration deadline() {
        return Duration.ofSeconds(30);
    }

    /** Whether the node differs after it. */
    default boolean mutates() {
        return true;
    }

    /** In which direction of a run it is performed: one with {@code BACKWARD} is skipped on the way forward. */
    default Direction direction() {
        return Direction.FORWARD;
    }

    /** Whether a rollback has to undo it, and not just to repeat what it waits for or reloads. */
    default boolean hasEffectToUndo() {
        return mutates() && direction().forward();
    }

    /**
     * What holds on a node where the action was never performed, or is undone already, although its compensation finds
     * neither of the two states that it knows. Empty where the compensation itself finds out.
     */
    default Optional<Probe> neverPerformed() {
        return Optional.empty();
    }

    /** The external program with its arguments as a plan shows it; empty where none runs, or where it is not shown. */
    default List<String> command() {
        return List.of();
    }

    /** The state of a host after the action succeeded on the way forward, as a plan predicts it. */
    default NodeState after(NodeState before) {
        return direction().forward() ? effectOn(before) : before;
    }

    /** What the action itself changes; the same state where a plan need not know. */
    default NodeState effectOn(NodeState before) {
        return before;
    }
}
