/**
 * A snapshot file read without etcd: its pages, its buckets, what it holds, and what a store restored from it will hash to.
 *
 * <p>May touch {@code dev.runbook.etcd.identity}, the JDK and Jackson (members are JSON inside the file).
 */
@NullMarked
package dev.runbook.etcd.snapshot;

import org.jspecify.annotations.NullMarked;
