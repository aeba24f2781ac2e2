/** Tests of the schemas: against the files in docs/, and against the loader. */
@NullMarked
package dev.runbook.schema;

import org.jspecify.annotations.NullMarked;
