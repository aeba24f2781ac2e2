/**
 * Tries a plan in worlds in which something goes wrong, on nodes in memory. May use plan, journal, execute and node;
 * nothing here prints or reaches a real node.
 */
@NullMarked
package dev.runbook.prove;

import org.jspecify.annotations.NullMarked;
