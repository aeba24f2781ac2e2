/**
 * What {@code --json} prints: one family of records for all commands, and how it is made of plans, problems and events.
 *
 * <p>docs/json.md and docs/schema/events.json are made of these records.
 */
@NullMarked
package dev.runbook.report.line;

import org.jspecify.annotations.NullMarked;
