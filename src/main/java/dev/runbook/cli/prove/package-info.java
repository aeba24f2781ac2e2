/**
 * {@code runbook prove}: a plan tried in failure scenarios on simulated nodes.
 *
 * <p>May touch {@code apply}, to prepare the plan, the inventory, the terminal, the options, and the engine; reaches no host.
 */
@NullMarked
package dev.runbook.cli.prove;

import org.jspecify.annotations.NullMarked;
