/**
 * Reading the files that a person wrote: all that {@code load} takes from a disk goes through here.
 *
 * <p>May touch {@code model} and the file system, for reading.
 */
@NullMarked
package dev.runbook.load.source;

import org.jspecify.annotations.NullMarked;
