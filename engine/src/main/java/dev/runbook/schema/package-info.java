/**
 * JSON Schemas of runbooks and inventories, for editors and other tools; generated from the step types and the keys that the
 * loader reads.
 *
 * <p>Knows {@code load}, {@code step}, {@code yaml} and {@code model}; touches nothing.
 */
@NullMarked
package dev.runbook.schema;

import org.jspecify.annotations.NullMarked;
