/** A plan, its problems and its outcome as a page of Markdown. */
@NullMarked
package dev.runbook.report.markdown;

import org.jspecify.annotations.NullMarked;
