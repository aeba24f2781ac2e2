/**
 * Loads a runbook's text, inventories and the values from the command line to checked records, or to all their problems in
 * one pass.
 *
 * <p>May touch {@code model}, {@code step}, {@code yaml} and its own subpackages; reads files through {@code load.source}
 * only, and knows nothing of nodes.
 */
@NullMarked
package dev.runbook.load;

import org.jspecify.annotations.NullMarked;
