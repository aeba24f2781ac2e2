/**
 * The command line's entry point. Each family of commands has a room below; {@code CliArchitectureTest} says which room may
 * touch which.
 *
 * <p>{@code dev.runbook.cli} is the only code that prints, reads the environment, asks the operator, or ends the process.
 */
@NullMarked
package dev.runbook.cli;

import org.jspecify.annotations.NullMarked;
