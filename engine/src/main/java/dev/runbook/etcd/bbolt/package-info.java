/**
 * A bbolt database file: its meta pages, branches and leaves, buckets and cursors, free pages, the trailing SHA-256, and
 * what is wrong with a file that cannot be read.
 *
 * <p>Knows nothing of etcd's keys. May touch the JDK only.
 */
@NullMarked
package dev.runbook.etcd.bbolt;

import org.jspecify.annotations.NullMarked;
