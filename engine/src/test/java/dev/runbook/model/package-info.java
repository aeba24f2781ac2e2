/** Tests of {@code model}. */
@NullMarked
package dev.runbook.model;

import org.jspecify.annotations.NullMarked;
