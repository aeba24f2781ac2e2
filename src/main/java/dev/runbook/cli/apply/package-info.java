/**
 * {@code runbook plan} and {@code runbook apply}: prepare a plan, confirm it, execute it, and store the run.
 *
 * <p>May touch the options, the terminal, the inventory, the view of snapshot diffs, and the engine.
 */
@NullMarked
package dev.runbook.cli.apply;

import org.jspecify.annotations.NullMarked;
