/**
 * What comes back from a node: results of actions, answers to queries, the node's own journal.
 *
 * <p>May touch {@code node.shell.wire}, {@code node.shell.script}, {@code model} and the node contract.
 */
@NullMarked
package dev.runbook.node.shell.result;

import org.jspecify.annotations.NullMarked;
