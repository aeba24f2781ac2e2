/**
 * A read-only client of one running member.
 *
 * <p>May touch {@code dev.runbook.etcd.identity}, the JDK, jetcd's stubs and gRPC. Changes to etcd are actions of a plan, not calls of this client.
 */
@NullMarked
package dev.runbook.etcd.client;

import org.jspecify.annotations.NullMarked;
