/** The program as a user runs it: a separate process, against real control planes or simulated nodes. */
@NullMarked
package dev.runbook.cli;

import org.jspecify.annotations.NullMarked;
