/**
 * Reports, as text and as files for people and programs: pure functions of records.
 *
 * <p>Depends on {@code model} and on the packages that it reports on; prints nothing itself.
 */
@NullMarked
package dev.runbook.report;

import org.jspecify.annotations.NullMarked;
