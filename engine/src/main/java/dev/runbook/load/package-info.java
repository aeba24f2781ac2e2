/**
 * From a runbook's text, inventories and the values given in the call to checked records, or to all that is wrong with
 * them in one pass.
 *
 * <p>May touch {@code model}, {@code step}, {@code yaml} and its own subpackages; reads files through {@code load.source}
 * only, and knows nothing of nodes.
 */
@NullMarked
package dev.runbook.load;

import org.jspecify.annotations.NullMarked;
