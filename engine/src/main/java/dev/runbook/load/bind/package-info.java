/**
 * Binds YAML to the parameter record of a step type: once when a runbook is loaded, with all literal values checked, and
 * again for each host where expressions are involved.
 *
 * <p>May touch {@code model}, {@code step}, {@code yaml}, {@code load.source} and {@code load.expression}; knows nothing of runbooks.
 */
@NullMarked
package dev.runbook.load.bind;

import org.jspecify.annotations.NullMarked;
