/**
 * A member's configuration: where it is, how to read it, and how to change one value of it and no other byte:
 * static pod manifests, systemd units and their environment files, etcd's own config file.
 *
 * <p>Pure functions over text. May touch the JDK and SnakeYAML Engine (comes with Jackson's YAML).
 */
@NullMarked
package dev.runbook.etcd.config;

import org.jspecify.annotations.NullMarked;
