/**
 * etcd without the rest of the engine: snapshot files, the configuration of members, a read-only client, and the prediction of
 * a restore.
 *
 * <p>May touch its own subpackages and the JDK, but nothing else of the engine. Among them: {@code snapshot} may touch
 * {@code store}, which may touch {@code bbolt}.
 */
@NullMarked
package dev.runbook.etcd;

import org.jspecify.annotations.NullMarked;
