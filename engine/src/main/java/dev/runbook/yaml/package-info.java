/**
 * YAML text as a tree in which every value has its position, or the problems of the text, each with its position.
 *
 * <p>May touch {@code model} and the YAML parser only; reads no files.
 */
@NullMarked
package dev.runbook.yaml;

import org.jspecify.annotations.NullMarked;
