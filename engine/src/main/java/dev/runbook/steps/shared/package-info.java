/**
 * What several step types do the same way: parking static pods, holding units, laying out data folders.
 *
 * <p>Knows {@code step} and what that knows.
 */
@NullMarked
package dev.runbook.steps.shared;

import org.jspecify.annotations.NullMarked;
