/**
 * {@code runbook demo}: a backup and a restore on containers or on simulated nodes.
 *
 * <p>The only room that touches {@code fleet}. Uses {@code apply} as the command line does.
 */
@NullMarked
package dev.runbook.cli.demo;

import org.jspecify.annotations.NullMarked;
