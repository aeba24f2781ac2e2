/** Tests of {@code report}. */
@NullMarked
package dev.runbook.report;

import org.jspecify.annotations.NullMarked;
