/** Tests of the located YAML tree. */
@NullMarked
package dev.runbook.yaml;

import org.jspecify.annotations.NullMarked;
