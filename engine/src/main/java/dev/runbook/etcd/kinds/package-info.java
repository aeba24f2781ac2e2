/**
 * Decodes Kubernetes' built-in kinds from protobuf to the JSON that the API server writes.
 *
 * <p>May touch the JDK, Jackson and protobuf's runtime.
 */
@NullMarked
package dev.runbook.etcd.kinds;

import org.jspecify.annotations.NullMarked;
