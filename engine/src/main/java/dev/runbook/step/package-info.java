/**
 * The contract of a step type: from typed parameters and facts to actions, without any access to nodes.
 *
 * <p>Knows {@code model}, {@code facts} and {@code etcd}; nothing of YAML, nodes or the engine.
 */
@NullMarked
package dev.runbook.step;

import org.jspecify.annotations.NullMarked;
