/**
 * What every host of a run does now: a model that is fed by the run's events and by what comes between them, and its text.
 *
 * <p>Pure: it has no thread and prints nothing. {@code cli.terminal} draws it.
 */
@NullMarked
package dev.runbook.report.live;

import org.jspecify.annotations.NullMarked;
