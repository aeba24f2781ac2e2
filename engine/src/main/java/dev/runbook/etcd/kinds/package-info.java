/**
 * Kubernetes' built-in kinds out of their protobuf encoding, as the API server writes them in JSON.
 *
 * <p>May touch the JDK, Jackson and protobuf's runtime.
 */
@NullMarked
package dev.runbook.etcd.kinds;

import org.jspecify.annotations.NullMarked;
