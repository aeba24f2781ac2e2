/**
 * Reads hosts and snapshot files, and fills {@code facts}. Changes nothing.
 *
 * <p>Knows {@code node}, {@code facts}, {@code etcd} and {@code step}'s view of snapshots; decides nothing.
 */
@NullMarked
package dev.runbook.survey;

import org.jspecify.annotations.NullMarked;
