/**
 * The process and its surroundings: terminal, prompts, signals, exit codes, files for a CI server.
 *
 * <p>May touch {@code cli.options} and the engine's reports; the only place that prints, asks, and reads the environment.
 */
@NullMarked
package dev.runbook.cli.terminal;

import org.jspecify.annotations.NullMarked;
