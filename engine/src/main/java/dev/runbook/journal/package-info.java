/**
 * The intent log of runs, and the pure function that tells from it where a run stands.
 *
 * <p>Knows {@code model}; the file journal is the only thing here that touches a disk.
 */
@NullMarked
package dev.runbook.journal;

import org.jspecify.annotations.NullMarked;
