/**
 * Facts of hosts on which a plan is based: records only, filled by {@code survey}.
 *
 * <p>Knows {@code model}.
 */
@NullMarked
package dev.runbook.facts;

import org.jspecify.annotations.NullMarked;
