/**
 * The wire to a node: transports, channels, the framed shell, deadlines.
 *
 * <p>May touch {@code node.shell.script} and {@code model}; knows no action.
 */
@NullMarked
package dev.runbook.node.shell.wire;

import org.jspecify.annotations.NullMarked;
