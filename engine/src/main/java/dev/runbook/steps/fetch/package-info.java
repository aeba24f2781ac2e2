/** One step type. Knows {@code step}, {@code steps.shared} and what they know; no other step type. */
@NullMarked
package dev.runbook.steps.fetch;

import org.jspecify.annotations.NullMarked;
