/** Results as JUnit's XML, which CI servers show. */
@NullMarked
package dev.runbook.report.junit;

import org.jspecify.annotations.NullMarked;
