/**
 * The command line of the {@code ssh} program, as Ansible's variables have it: arguments, destinations and words.
 *
 * <p>May touch the JDK alone.
 */
@NullMarked
package dev.runbook.load.ssh;

import org.jspecify.annotations.NullMarked;
