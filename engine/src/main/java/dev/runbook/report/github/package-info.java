/** Problems as GitHub's workflow commands, which it shows beside the lines of the problems. */
@NullMarked
package dev.runbook.report.github;

import org.jspecify.annotations.NullMarked;
