/**
 * Who is who in an etcd cluster: member and cluster IDs, and the initial cluster that they follow from.
 *
 * <p>May touch nothing but the JDK.
 */
@NullMarked
package dev.runbook.etcd.identity;

import org.jspecify.annotations.NullMarked;
