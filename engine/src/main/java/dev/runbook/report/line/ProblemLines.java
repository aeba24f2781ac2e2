package dev.runbook.report.line;

import dev.runbook.lint.Rule;
import dev.runbook.model.Failure;
import dev.runbook.model.Problem;
import dev.runbook.report.StepReference;
import dev.runbook.step.StepType;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Lines about what is no run: problems and step types. */
public final class ProblemLines {
    private ProblemLines() {}

    public static Line.Problem of(Problem problem) {
        return new Line.Problem(
                problem.severity(), problem.code(), place(problem.where()), problem.summary(), problem.next());
    }

    private static Line.Place place(Problem.Where where) {
        return switch (where) {
            case Problem.Where.InText(var position) ->
                new Line.Place(
                        LineVocabulary.Where.TEXT,
                        Optional.of(position.file()),
                        OptionalInt.of(position.line()),
                        OptionalInt.of(position.column()),
                        OptionalInt.of(position.length()),
                        Optional.empty(),
                        Optional.empty());
            case Problem.Where.OnHost(var host, var step) -> place(LineVocabulary.Where.HOST, Optional.of(host), step);
            case Problem.Where.InCall() -> place(LineVocabulary.Where.CALL, Optional.empty(), Optional.empty());
        };
    }

    private static Line.Place place(LineVocabulary.Where kind, Optional<String> host, Optional<String> step) {
        return new Line.Place(
                kind, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), host, step);
    }

    public static Line.StepType of(StepType<?> type) {
        return new Line.StepType(
                type.name(),
                type.summary(),
                StepReference.fields(type).stream()
                        .map(field -> new Line.Field(
                                field.name(), field.type(), field.required(), field.fallback(), field.doc()))
                        .toList(),
                type.outputs().stream()
                        .map(output -> new Line.Output(
                                output.name(), output.type().name().toLowerCase(Locale.ROOT), output.doc()))
                        .toList());
    }

    public static Line.LintRule of(Rule rule) {
        return new Line.LintRule(rule.code(), rule.slug(), rule.severity(), rule.title(), rule.doc(), rule.knows());
    }

    static Line.Failure of(Failure failure) {
        return new Line.Failure(failure.summary(), failure.command(), failure.exitCode(), failure.stderr());
    }
}
