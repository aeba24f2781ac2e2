/** Problems as SARIF 2.1.0, the format that code scanning reads. */
@NullMarked
package dev.runbook.report.sarif;

import org.jspecify.annotations.NullMarked;
