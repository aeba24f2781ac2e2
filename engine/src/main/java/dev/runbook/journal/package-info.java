/**
 * The intent log of runs, and the pure function that folds it into the state of a run.
 *
 * <p>Knows {@code model}; the file journal is the only thing here that touches a disk.
 */
@NullMarked
package dev.runbook.journal;

import org.jspecify.annotations.NullMarked;
