/** Tests of loading: cases in files, each with what is expected of it. */
@NullMarked
package dev.runbook.load;

import org.jspecify.annotations.NullMarked;
