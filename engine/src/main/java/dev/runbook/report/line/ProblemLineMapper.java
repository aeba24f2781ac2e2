package dev.runbook.report.line;

import dev.runbook.lint.Rule;
import dev.runbook.model.Failure;
import dev.runbook.model.Problem;
import dev.runbook.report.StepReference;
import dev.runbook.step.StepType;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Maps problems, step types and lint rules to their lines. */
public final class ProblemLineMapper {
    private ProblemLineMapper() {}

    public static ProblemLine.Problem of(Problem problem) {
        return new ProblemLine.Problem(
                problem.severity(), problem.code(), place(problem.where()), problem.summary(), problem.next());
    }

    private static ProblemLine.Place place(Problem.Where where) {
        return switch (where) {
            case Problem.Where.InText(var position) ->
                new ProblemLine.Place(
                        LineVocabulary.PlaceKind.TEXT,
                        Optional.of(position.file()),
                        OptionalInt.of(position.line()),
                        OptionalInt.of(position.column()),
                        OptionalInt.of(position.length()),
                        Optional.empty(),
                        Optional.empty());
            case Problem.Where.OnHost(var host, var step) ->
                place(LineVocabulary.PlaceKind.HOST, Optional.of(host), step);
            case Problem.Where.InCall() ->
                place(LineVocabulary.PlaceKind.COMMAND_LINE, Optional.empty(), Optional.empty());
        };
    }

    private static ProblemLine.Place place(
            LineVocabulary.PlaceKind kind, Optional<String> host, Optional<String> step) {
        return new ProblemLine.Place(
                kind, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), host, step);
    }

    public static ReferenceLine.StepType of(StepType<?> type) {
        return new ReferenceLine.StepType(
                type.name(),
                type.summary(),
                StepReference.fields(type).stream()
                        .map(field -> new ReferenceLine.Field(
                                field.name(), field.type(), field.required(), field.fallback(), field.doc()))
                        .toList(),
                type.outputs().stream()
                        .map(output -> new ReferenceLine.Output(
                                output.name(), output.type().name().toLowerCase(Locale.ROOT), output.doc()))
                        .toList());
    }

    public static ReferenceLine.LintRule of(Rule rule) {
        return new ReferenceLine.LintRule(
                rule.code(), rule.slug(), rule.severity(), rule.title(), rule.doc(), rule.knows());
    }

    static RunEventLine.Failure of(Failure failure) {
        return new RunEventLine.Failure(failure.summary(), failure.command(), failure.exitCode(), failure.stderr());
    }
}
