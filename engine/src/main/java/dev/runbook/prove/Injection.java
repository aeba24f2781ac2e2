package dev.runbook.prove;

import dev.runbook.node.sim.Fault;

/**
 * One action that goes wrong.
 *
 * @param back whether it is counted among those of the way back
 * @param number of the action on this host, from 0, in the order in which the host is told
 */
public record Injection(String host, boolean back, int number, Fault fault) {
    static Injection forward(String host, int number, Fault fault) {
        return new Injection(host, false, number, fault);
    }

    static Injection back(String host, int number, Fault fault) {
        return new Injection(host, true, number, fault);
    }
}
