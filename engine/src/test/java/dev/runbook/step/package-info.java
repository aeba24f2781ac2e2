/** Tests of {@code step}. */
@NullMarked
package dev.runbook.step;

import org.jspecify.annotations.NullMarked;
