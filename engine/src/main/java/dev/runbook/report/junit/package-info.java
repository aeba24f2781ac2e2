/** Results as JUnit's XML, which every CI server can show. */
@NullMarked
package dev.runbook.report.junit;

import org.jspecify.annotations.NullMarked;
