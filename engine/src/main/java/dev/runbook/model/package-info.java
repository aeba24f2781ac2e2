/**
 * What every other package speaks: problems, locations, actions, probes, states and facts, as records.
 *
 * <p>May touch nothing but the JDK.
 */
@NullMarked
package dev.runbook.model;

import org.jspecify.annotations.NullMarked;
