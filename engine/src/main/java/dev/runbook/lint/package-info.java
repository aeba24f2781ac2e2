/**
 * Reads a loaded runbook for its meaning: whether its steps stand in an order that can work, on the hosts that they must
 * cover. What a step needs and gives it learns from the step types ({@code step.Effects}); it knows none of them by name.
 *
 * <p>Knows {@code load}, {@code step} and {@code model}; touches nothing.
 */
@NullMarked
package dev.runbook.lint;

import org.jspecify.annotations.NullMarked;
