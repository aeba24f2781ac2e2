/**
 * etcd as a file, a configuration and a server, usable alone: what a snapshot holds and what restoring it will give.
 *
 * <p>May touch its own subpackages and the JDK, and nothing else of the engine.
 */
@NullMarked
package dev.runbook.etcd;

import org.jspecify.annotations.NullMarked;
