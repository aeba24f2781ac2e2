package dev.runbook.report.line;

import dev.runbook.step.Doc;
import java.util.List;
import java.util.Optional;

/** Lines about the time without an API. */
public sealed interface OutageLine extends Line {
    @Doc("How long a plan's run will be without an API.")
    record ExpectedOutage(
            double seconds,
            List<OutagePhase> phases,

            @Doc("The run on the same hosts whose figures these are; empty for figures of other clusters.")
            Optional<String> earlierRun)
            implements OutageLine {}

    @Doc("How long a run was without an API.")
    record MeasuredOutage(String run, double seconds, List<OutagePhase> phases) implements OutageLine {}

    @Doc("A part of the time without an API.")
    record OutagePhase(@Doc("Such as stop-members.") String phase, double seconds) {}
}
