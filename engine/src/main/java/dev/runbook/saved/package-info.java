/**
 * A plan in a file, to be looked at, agreed to and carried out later, once.
 *
 * <p>Knows {@code plan} and what it is made of, and JSON; touches no disk.
 */
@NullMarked
package dev.runbook.saved;

import org.jspecify.annotations.NullMarked;
