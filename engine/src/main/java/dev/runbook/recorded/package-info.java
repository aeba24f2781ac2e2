/**
 * Facts of real hosts in a file, without secrets, so that a machine without access to the hosts can plan and simulate.
 *
 * <p>Knows {@code facts}, how member configuration is written, and JSON; touches no disk.
 */
@NullMarked
package dev.runbook.recorded;

import org.jspecify.annotations.NullMarked;
