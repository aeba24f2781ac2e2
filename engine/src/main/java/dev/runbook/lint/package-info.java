/**
 * Checks the meaning of a loaded runbook: whether its steps are in an order that can work, on the hosts that they must
 * cover. Step types declare what they need, set and clear ({@code step.Effects}); no rule knows a step type by name.
 *
 * <p>Knows {@code load}, {@code step} and {@code model}; touches nothing.
 */
@NullMarked
package dev.runbook.lint;

import org.jspecify.annotations.NullMarked;
