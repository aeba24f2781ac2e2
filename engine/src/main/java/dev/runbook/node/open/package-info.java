/** From a host's connection, as its inventory has it, to a node. */
@NullMarked
package dev.runbook.node.open;

import org.jspecify.annotations.NullMarked;
