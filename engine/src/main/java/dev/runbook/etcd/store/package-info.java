/**
 * etcd's key-value store inside the bucket {@code key}: revisions, the messages behind them, which keys are live, and the
 * CRC-32C of entries.
 *
 * <p>May touch {@code dev.runbook.etcd.bbolt} and the JDK.
 */
@NullMarked
package dev.runbook.etcd.store;

import org.jspecify.annotations.NullMarked;
