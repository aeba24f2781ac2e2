/**
 * How records look in JSON, the same in every file and on every line that we write.
 *
 * <p>Knows Jackson and {@code model}; which further families there are its callers say.
 */
@NullMarked
package dev.runbook.json;

import org.jspecify.annotations.NullMarked;
