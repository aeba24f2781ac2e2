/**
 * A plan in a file, to be reviewed, approved and applied later, once.
 *
 * <p>Knows {@code plan} and what it is made of, and JSON; touches no disk.
 */
@NullMarked
package dev.runbook.saved;

import org.jspecify.annotations.NullMarked;
