/** Tests of inventories and host patterns. */
@NullMarked
package dev.runbook.load.inventory;

import org.jspecify.annotations.NullMarked;
