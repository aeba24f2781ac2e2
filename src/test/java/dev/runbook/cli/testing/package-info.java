/** The program as a process, and real control planes, as the tests of the command line use them. */
@NullMarked
package dev.runbook.cli.testing;

import org.jspecify.annotations.NullMarked;
