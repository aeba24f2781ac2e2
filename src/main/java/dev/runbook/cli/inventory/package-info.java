/**
 * Inventory hosts and how they are reached: connections, passwords, simulated nodes, and {@code runbook facts}.
 *
 * <p>May touch the options, the terminal, and the engine; knows no runs.
 */
@NullMarked
package dev.runbook.cli.inventory;

import org.jspecify.annotations.NullMarked;
