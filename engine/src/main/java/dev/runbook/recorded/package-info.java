/**
 * Facts of real hosts in a file, without what is secret, so that a machine with no host at all can plan and simulate.
 *
 * <p>Knows {@code facts}, how member configuration is written, and JSON; touches no disk.
 */
@NullMarked
package dev.runbook.recorded;

import org.jspecify.annotations.NullMarked;
