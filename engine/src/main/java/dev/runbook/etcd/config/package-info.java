/**
 * Where a member's configuration lives, how it is read, and how one value of it is changed while every other byte stays:
 * static pod manifests, systemd units and their environment files, etcd's own config file.
 *
 * <p>Pure functions over text. May touch the JDK and SnakeYAML Engine (comes with Jackson's YAML).
 */
@NullMarked
package dev.runbook.etcd.config;

import org.jspecify.annotations.NullMarked;
