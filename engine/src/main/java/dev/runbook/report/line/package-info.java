/**
 * Output of {@code --json}: one family of records for all commands, and the mappers of plans, problems and events to it.
 *
 * <p>Tests generate docs/json.md and docs/schema/events.json from these records.
 */
@NullMarked
package dev.runbook.report.line;

import org.jspecify.annotations.NullMarked;
