/**
 * Form of records in JSON, the same in every file and on every line that the engine writes.
 *
 * <p>Depends on Jackson and {@code model}; callers pass the families of other packages.
 */
@NullMarked
package dev.runbook.json;

import org.jspecify.annotations.NullMarked;
