/**
 * Carries out plans: claims the hosts, journals intents, performs steps, commits, and rolls back.
 *
 * <p>Knows {@code plan}, {@code journal}, {@code node} and {@code model}; nothing of YAML or of how a node is reached.
 */
@NullMarked
package dev.runbook.execute;

import org.jspecify.annotations.NullMarked;
