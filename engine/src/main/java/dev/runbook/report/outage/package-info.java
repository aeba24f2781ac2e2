/**
 * How long a restore's clients are without an API, by phase: predicted from a plan, and measured from the events of a run.
 *
 * <p>May use plan and journal.
 */
@NullMarked
package dev.runbook.report.outage;

import org.jspecify.annotations.NullMarked;
