/**
 * Simulated nodes that keep the contract of real ones: files, units, static pods, members, API servers. May use the
 * node contract, facts and the etcd library; nothing here sleeps, prints or opens a connection.
 */
@NullMarked
package dev.runbook.node.sim;

import org.jspecify.annotations.NullMarked;
