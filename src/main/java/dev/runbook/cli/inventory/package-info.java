/**
 * Hosts of an inventory and how they are reached or simulated; {@code runbook facts}.
 *
 * <p>May touch {@code cli.terminal} and {@code cli.options}.
 */
@NullMarked
package dev.runbook.cli.inventory;

import org.jspecify.annotations.NullMarked;
