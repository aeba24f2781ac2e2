/**
 * YAML text as a tree in which every value knows its place, or the problems of the text, each with its place.
 *
 * <p>May touch {@code model} and the YAML parser only; reads no files.
 */
@NullMarked
package dev.runbook.yaml;

import org.jspecify.annotations.NullMarked;
