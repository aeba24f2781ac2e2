package dev.runbook.steps.preflight;

import dev.runbook.model.Problem;
import dev.runbook.step.Default;
import dev.runbook.step.Doc;
import dev.runbook.step.Effect;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Nature;
import dev.runbook.step.LocalFiles;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.Snapshots;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.WrittenParameter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pre-flight checks of every host before any change; refuses a run that would fail halfway. */
public final class Preflight extends NamedStepType<Preflight.Parameters> {
    /** Fields of the step. */
    public record Parameters(
            @Doc("The snapshot to be restored; without it, only the hosts are checked.")
            Optional<Path> snapshot,

            @Doc("Largest difference between a host's clock and this machine's.") @Default("10s")
            Duration maxClockSkew,

            @Doc("Certificates must be valid for at least this long.") @Default("1h")
            Duration minCertificateLife,

            @Doc("Codes of problems to accept, as a refused run lists them; they are still shown.")
            List<String> allow) {}

    public Preflight() {
        super(
                "preflight",
                Parameters.class,
                "Pre-flight checks of hosts, tools, disk space, clocks, certificates, membership and the snapshot,"
                        + " before any change.");
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        return Effects.of(Nature.OBSERVES).setting(Effect.CHECKED);
    }

    @Override
    public List<Problem> fileProblems(Parameters parameters, Snapshots snapshots, LocalFiles files) {
        return parameters
                .snapshot()
                .filter(path -> !parameters.allow().contains("snapshot-hash-mismatch"))
                .map(snapshots::read)
                .filter(Snapshots.Read.Bad.class::isInstance)
                .map(read -> ((Snapshots.Read.Bad) read).problem())
                .stream()
                .toList();
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        var found = new ArrayList<Problem>();
        found.addAll(context.facts().problems());
        found.addAll(HostChecks.check(context, parameters));
        found.addAll(StartChecks.check(context.facts()));
        found.addAll(MemberChecks.check(context));
        found.addAll(AnswerChecks.check(context));
        parameters.snapshot().ifPresent(path -> {
            switch (context.snapshots().read(path)) {
                case Snapshots.Read.Bad(Problem problem) -> {
                    // The file is the same for all hosts, so its problem is reported once.
                    if (context.host().equals(context.stepHosts().getFirst())) {
                        found.add(problem);
                    }
                }
                case Snapshots.Read.Good(var facts) -> found.addAll(SnapshotChecks.check(context, facts));
            }
        });
        var accepted = new ArrayList<Problem>();
        var refused = new ArrayList<Problem>();
        for (var problem : found) {
            if (!problem.isError()) {
                accepted.add(problem);
            } else if (parameters.allow().contains(problem.code())) {
                accepted.add(problem.asWarning());
            } else {
                refused.add(problem);
            }
        }
        if (!refused.isEmpty()) {
            return new StepPlan.Refused(refused);
        }
        return new StepPlan.Planned(List.of(), Map.of(), List.of("checks passed"), List.of(), accepted, false);
    }
}
