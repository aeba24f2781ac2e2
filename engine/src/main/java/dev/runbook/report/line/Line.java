package dev.runbook.report.line;

/**
 * One line of JSON. Its type is the record's name in kebab case. A component may be added; a component that is removed or
 * changes its meaning needs a new {@link LineWriter#VERSION}.
 */
public sealed interface Line
        permits InvocationLine,
                OutageLine,
                PlanLine,
                ProblemLine,
                ProgressLine,
                ProofLine,
                ReferenceLine,
                RunEventLine,
                RunLine,
                SnapshotDiffLine,
                SnapshotLine {}
