/**
 * What a node is to the engine: something that answers queries, performs actions and checks probes.
 *
 * <p>Knows {@code model}; its subpackages are the ways to reach one, and {@code etcd} for reading members through it.
 */
@NullMarked
package dev.runbook.node;

import org.jspecify.annotations.NullMarked;
