/**
 * Turns a runbook and facts into a plan: every action on every host, before any of them is executed. Pure.
 *
 * <p>Knows {@code load}, {@code step}, {@code facts} and {@code model}; no node.
 */
@NullMarked
package dev.runbook.plan;

import org.jspecify.annotations.NullMarked;
