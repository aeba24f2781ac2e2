package dev.runbook.report.line;

import dev.runbook.model.Severity;
import dev.runbook.step.Doc;
import java.util.Optional;
import java.util.OptionalInt;

/** Lines about errors and warnings. */
public sealed interface ProblemLine extends Line {
    @Doc("An error or a warning.")
    record Problem(
            @Doc("An error blocks the run.") Severity severity,

            @Doc("A stable name in kebab case, or the number of a lint rule.")
            String code,

            Place where,
            @Doc("What is wrong, in one line.") String summary,
            @Doc("The remedy; may be empty.") String next)
            implements ProblemLine {}

    @Doc("Location of a problem: in a text, on a host, or on the command line.")
    record Place(
            LineVocabulary.PlaceKind kind,
            @Doc("As the command line names it.") Optional<String> file,
            @Doc("From 1.") OptionalInt line,
            @Doc("From 1, in UTF-16 units.") OptionalInt column,
            @Doc("Of the marked text, in UTF-16 units.") OptionalInt length,
            Optional<String> host,
            @Doc("Name of the step.") Optional<String> step) {}
}
