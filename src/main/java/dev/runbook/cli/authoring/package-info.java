/**
 * {@code runbook validate}, {@code steps} and {@code schema}: what the author of a runbook needs.
 *
 * <p>May touch the options, the terminal, and the engine; reaches no host.
 */
@NullMarked
package dev.runbook.cli.authoring;

import org.jspecify.annotations.NullMarked;
