/**
 * {@code runbook demo}, on containers or on simulated nodes.
 *
 * <p>May touch {@code cli.apply}, what that touches, and the fleet.
 */
@NullMarked
package dev.runbook.cli.demo;

import org.jspecify.annotations.NullMarked;
