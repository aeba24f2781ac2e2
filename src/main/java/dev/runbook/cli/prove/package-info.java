/**
 * {@code runbook prove}.
 *
 * <p>May touch {@code cli.apply} and what that touches.
 */
@NullMarked
package dev.runbook.cli.prove;

import org.jspecify.annotations.NullMarked;
