/**
 * The edges of the process: terminal, signals, environment, exit codes, and files that only a command line writes.
 *
 * <p>The only room that prints, asks the operator, or reads the CI server's environment. May touch the options and the engine.
 */
@NullMarked
package dev.runbook.cli.terminal;

import org.jspecify.annotations.NullMarked;
