/**
 * Groups of options that several commands share.
 *
 * <p>Knows picocli and the engine's requests; does nothing with them.
 */
@NullMarked
package dev.runbook.cli.options;

import org.jspecify.annotations.NullMarked;
