/**
 * {@code runbook plan} and {@code apply}: plans, saved plans, and the folder in which runs are kept.
 *
 * <p>May touch {@code cli.inventory}, {@code cli.snapshot}'s views, {@code cli.terminal} and {@code cli.options}.
 */
@NullMarked
package dev.runbook.cli.apply;

import org.jspecify.annotations.NullMarked;
