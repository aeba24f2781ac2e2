/** Nodes over SSH: whom we trust, who we are, the way through jump hosts, channels and tunnels. */
@NullMarked
package dev.runbook.node.ssh;

import org.jspecify.annotations.NullMarked;
