/**
 * Member and cluster IDs, and the initial cluster from which etcd computes them.
 *
 * <p>May touch nothing but the JDK.
 */
@NullMarked
package dev.runbook.etcd.identity;

import org.jspecify.annotations.NullMarked;
