/**
 * A read-only client of one running member.
 *
 * <p>May touch {@code dev.runbook.etcd.identity}, the JDK, jetcd's stubs and gRPC. What changes etcd goes another way.
 */
@NullMarked
package dev.runbook.etcd.client;

import org.jspecify.annotations.NullMarked;
