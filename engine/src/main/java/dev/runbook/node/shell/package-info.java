/** Nodes that a POSIX shell is spoken to on: rendering to sh, the framed shell, and the node built of them. */
@NullMarked
package dev.runbook.node.shell;

import org.jspecify.annotations.NullMarked;
