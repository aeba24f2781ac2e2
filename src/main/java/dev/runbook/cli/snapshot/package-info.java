/**
 * {@code runbook snapshot}: what a snapshot file holds, and what a restore of it would undo.
 *
 * <p>Reads files and asks members; changes nothing but the files that it is told to write.
 */
@NullMarked
package dev.runbook.cli.snapshot;

import org.jspecify.annotations.NullMarked;
