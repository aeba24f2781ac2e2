package dev.runbook.prove;

import dev.runbook.node.sim.Fault;

/**
 * A fault injected into one action.
 *
 * @param inRollback whether the action is an undo of the rollback
 * @param number of the action on this host, from 0, in the order in which the host receives them
 */
public record Injection(String host, boolean inRollback, int number, Fault fault) {
    static Injection forward(String host, int number, Fault fault) {
        return new Injection(host, false, number, fault);
    }

    static Injection inRollback(String host, int number, Fault fault) {
        return new Injection(host, true, number, fault);
    }
}
