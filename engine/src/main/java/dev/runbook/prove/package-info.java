/**
 * Runs a plan in failure scenarios, on simulated nodes. May use plan, journal, execute and node; prints nothing and
 * reaches no real node.
 */
@NullMarked
package dev.runbook.prove;

import org.jspecify.annotations.NullMarked;
