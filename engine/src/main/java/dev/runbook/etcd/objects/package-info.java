/**
 * Kubernetes objects as API servers store them in etcd: keys, encodings, metadata, and the differences between two stores.
 *
 * <p>May touch {@code dev.runbook.etcd.snapshot}, {@code dev.runbook.etcd.kinds}, the JDK, Jackson and protobuf's runtime.
 */
@NullMarked
package dev.runbook.etcd.objects;

import org.jspecify.annotations.NullMarked;
