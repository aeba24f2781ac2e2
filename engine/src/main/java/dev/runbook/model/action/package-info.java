/**
 * Actions, the only language spoken to a node, by family; each with its compensation and the state it leads to.
 *
 * <p>May touch {@code model} and the JDK.
 */
@NullMarked
package dev.runbook.model.action;

import org.jspecify.annotations.NullMarked;
