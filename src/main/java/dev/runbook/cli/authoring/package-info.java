/**
 * Help for authors of runbooks: {@code validate}, {@code steps} and {@code schema}.
 *
 * <p>May touch {@code cli.terminal} and {@code cli.options}; connects to no host.
 */
@NullMarked
package dev.runbook.cli.authoring;

import org.jspecify.annotations.NullMarked;
