/**
 * The command line: parse arguments, ask the engine, hand the result to a view.
 *
 * <p>The only place that prints, reads the environment, asks a person, or ends the process.
 */
@NullMarked
package dev.runbook.cli;

import org.jspecify.annotations.NullMarked;
