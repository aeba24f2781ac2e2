/**
 * JSON Schemas of what people write, for editors and for other tools; made from the step types and from what the loader
 * reads.
 *
 * <p>Knows {@code load}, {@code step}, {@code yaml} and {@code model}; touches nothing.
 */
@NullMarked
package dev.runbook.schema;

import org.jspecify.annotations.NullMarked;
