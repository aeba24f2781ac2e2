/**
 * Ansible's inventories: hosts, groups, variables and how each host is reached, and the patterns that select hosts.
 *
 * <p>May touch {@code model}, {@code yaml} and {@code load.source}; knows nothing of runbooks.
 */
@NullMarked
package dev.runbook.load.inventory;

import org.jspecify.annotations.NullMarked;
