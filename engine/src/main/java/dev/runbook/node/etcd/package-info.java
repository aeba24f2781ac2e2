/**
 * Members as nodes read them, through the etcd client.
 *
 * <p>Knows {@code node.shell}'s seam and {@code etcd.client}.
 */
@NullMarked
package dev.runbook.node.etcd;

import org.jspecify.annotations.NullMarked;
