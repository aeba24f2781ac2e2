/**
 * What is sent to a node: actions, probes and queries as POSIX sh, and the functions that they call.
 *
 * <p>May touch {@code model} and the node contract; opens nothing and reads nothing that comes back.
 */
@NullMarked
package dev.runbook.node.shell.script;

import org.jspecify.annotations.NullMarked;
