/**
 * Groups of options that several commands share, each declared once.
 *
 * <p>May touch picocli and the engine's requests; acts on nothing.
 */
@NullMarked
package dev.runbook.cli.options;

import org.jspecify.annotations.NullMarked;
