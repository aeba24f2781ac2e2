/**
 * What is known of hosts before anything is decided: records only, filled by {@code survey}.
 *
 * <p>Knows {@code model}.
 */
@NullMarked
package dev.runbook.facts;

import org.jspecify.annotations.NullMarked;
