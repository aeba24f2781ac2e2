/** What passes while a simulated member or pod starts and stops: how long each takes, and who leads meanwhile. */
@NullMarked
package dev.runbook.node.sim.member;

import org.jspecify.annotations.NullMarked;
