/** One step type. Knows {@code step}, {@code steps.shared} and what they know; no other step type. */
@NullMarked
package dev.runbook.steps.confirm;

import org.jspecify.annotations.NullMarked;
