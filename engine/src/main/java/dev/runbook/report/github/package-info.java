/** Problems as GitHub's workflow commands, which it shows beside the lines that they speak of. */
@NullMarked
package dev.runbook.report.github;

import org.jspecify.annotations.NullMarked;
