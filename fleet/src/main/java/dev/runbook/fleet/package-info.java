/**
 * Real control planes in containers: systemd, sshd, etcd, and for stacked ones a real kubelet.
 *
 * <p>The demo and the tests run on these. None of this is used on a real cluster.
 */
@NullMarked
package dev.runbook.fleet;

import org.jspecify.annotations.NullMarked;
