/** Tests of the rules, each with a runbook that breaks it and one that does not. */
@NullMarked
package dev.runbook.lint;

import org.jspecify.annotations.NullMarked;
