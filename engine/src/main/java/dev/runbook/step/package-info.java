/**
 * The contract of a step type: typed parameters and facts in, actions out, no node touched.
 *
 * <p>Knows {@code model}, {@code facts} and {@code etcd}; nothing of YAML, nodes or the engine.
 */
@NullMarked
package dev.runbook.step;

import org.jspecify.annotations.NullMarked;
