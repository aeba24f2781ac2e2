/**
 * Earlier runs: list, resume, roll back, clean, and unlock their hosts.
 *
 * <p>May touch {@code apply}, because a rollback after the commit is a new restore, and all that {@code apply} may touch.
 */
@NullMarked
package dev.runbook.cli.runs;

import org.jspecify.annotations.NullMarked;
