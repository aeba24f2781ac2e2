/**
 * Looks at hosts and at snapshot files, and fills {@code facts}. Reads only.
 *
 * <p>Knows {@code node}, {@code facts}, {@code etcd} and {@code step}'s view of snapshots; decides nothing.
 */
@NullMarked
package dev.runbook.survey;

import org.jspecify.annotations.NullMarked;
