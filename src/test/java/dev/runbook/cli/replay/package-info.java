/** Runs recorded on real fleets, replayed on simulated nodes. */
@NullMarked
package dev.runbook.cli.replay;

import org.jspecify.annotations.NullMarked;
