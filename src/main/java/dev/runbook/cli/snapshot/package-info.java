/**
 * {@code runbook snapshot}: what a snapshot file holds, and what a restore of it would change.
 *
 * <p>May touch the options, the terminal, the inventory, and the engine. Reads files and queries members; writes only the
 * files that an option names.
 */
@NullMarked
package dev.runbook.cli.snapshot;

import org.jspecify.annotations.NullMarked;
