/**
 * What happened, as text and as files for a person or a program to read: pure functions of records.
 *
 * <p>May touch {@code model} and what it reports on; prints nothing itself.
 */
@NullMarked
package dev.runbook.report;

import org.jspecify.annotations.NullMarked;
