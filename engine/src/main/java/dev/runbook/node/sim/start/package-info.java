/** How a simulated node starts etcd: from its manifest, or from its unit with drop-ins, as strictly as etcd and systemd. */
@NullMarked
package dev.runbook.node.sim.start;

import org.jspecify.annotations.NullMarked;
