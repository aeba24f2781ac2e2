/**
 * A snapshot file as its readers use it: its summary, its keys and values at a revision, and the HashKV that a store
 * restored from it will report. No etcd is needed for it.
 *
 * <p>May touch {@code dev.runbook.etcd.store}, {@code bbolt} and {@code identity}, the JDK and Jackson (members are JSON
 * inside the file).
 */
@NullMarked
package dev.runbook.etcd.snapshot;

import org.jspecify.annotations.NullMarked;
