/**
 * Expressions in {@code ${{ }}}: checked when a runbook is loaded, evaluated when it is planned.
 *
 * <p>May touch {@code model}, {@code step}'s value types, {@code yaml}, {@code load.inventory} and CEL; knows nothing of
 * steps and their parameters.
 */
@NullMarked
package dev.runbook.load.expression;

import org.jspecify.annotations.NullMarked;
