/** This machine as a node. */
@NullMarked
package dev.runbook.node.local;

import org.jspecify.annotations.NullMarked;
