/** The program as a user runs it: a process of its own, against real control planes. */
@NullMarked
package dev.runbook.cli;

import org.jspecify.annotations.NullMarked;
