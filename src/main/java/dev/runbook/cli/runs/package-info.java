/**
 * Everything on earlier runs: list, resume, rollback, clean, unlock, and takeover from a node.
 *
 * <p>May touch {@code cli.apply} and what that touches.
 */
@NullMarked
package dev.runbook.cli.runs;

import org.jspecify.annotations.NullMarked;
