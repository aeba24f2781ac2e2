/**
 * The step types that come with runbook: one folder a type, and the one list that names them.
 *
 * <p>Knows {@code step} and what that knows.
 */
@NullMarked
package dev.runbook.steps;

import org.jspecify.annotations.NullMarked;
