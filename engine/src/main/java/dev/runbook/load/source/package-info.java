/**
 * Environment of an invocation, and the text of the files that it names.
 *
 * <p>May touch {@code model} and the file system, for reading.
 */
@NullMarked
package dev.runbook.load.source;

import org.jspecify.annotations.NullMarked;
