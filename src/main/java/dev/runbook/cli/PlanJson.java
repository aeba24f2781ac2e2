package dev.runbook.cli;

import dev.runbook.journal.JournalCodec;
import dev.runbook.plan.Plan;

/** A plan as one line of JSON. */
final class PlanJson {
    private PlanJson() {}

    static String of(Plan plan) {
        return JournalCodec.jsonOf(
                new Shown(plan.run().id(), plan.runbook(), plan.hosts().stream().toList(), plan.steps()));
    }

    /** What of a plan is for other programs; facts stay inside. */
    record Shown(
            String run,
            String runbook,
            java.util.List<String> hosts,
            java.util.List<dev.runbook.plan.PlannedStep> steps) {}
}
