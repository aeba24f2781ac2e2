/**
 * What the components of a control plane need on their host to start again: found in their manifests and units, and looked
 * for.
 *
 * <p>Knows what {@code survey} knows.
 */
@NullMarked
package dev.runbook.survey.start;

import org.jspecify.annotations.NullMarked;
