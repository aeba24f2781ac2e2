package dev.runbook.steps.restore;

import dev.runbook.model.Problem;
import dev.runbook.step.Default;
import dev.runbook.step.Doc;
import dev.runbook.step.Effect;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Nature;
import dev.runbook.step.Effects.Need;
import dev.runbook.step.LocalFiles;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.Output;
import dev.runbook.step.Snapshots;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.ValueType;
import dev.runbook.step.WrittenParameter;
import java.nio.file.Path;
import java.util.List;

/** Prepares every member's new data beside the old data, while the old cluster may still serve. */
public final class Restore extends NamedStepType<Restore.Parameters> {
    /** Fields of the step. */
    public record Parameters(
            @Doc("The snapshot file, on this machine.") Path snapshot,

            @Doc("Revisions to add, so that no client misses an event: auto, none, or a number. Needs etcd 3.4.27,"
                    + " 3.5.10 or later; auto adds none before.")
            @Default("auto")
            String bump,

            @Doc("Accept a copied member/snap/db, which has no SHA-256 of its own.") @Default("false")
            boolean skipHashCheck,

            @Doc("Accept a snapshot of another MAJOR.MINOR than the members run.") @Default("false")
            boolean allowOtherVersion) {
        public Parameters {
            Bump.parse(bump);
        }
    }

    public Restore() {
        super(
                "restore",
                Parameters.class,
                "Sends the snapshot to every member and restores it beside the live data, under a fresh cluster"
                        + " token. Where a later step stops a member under systemd, it also writes the drop-in with"
                        + " which that step will hold it stopped.");
    }

    @Override
    public List<Output> outputs() {
        return List.of(
                new Output("initial_cluster", ValueType.STRING, "Every member, in the format of --initial-cluster."),
                new Output("token", ValueType.STRING, "The fresh cluster token."),
                new Output("cluster_id", ValueType.STRING, "The restored cluster's ID, in hex."),
                new Output("member_id", ValueType.STRING, "ID of the restored member on this host, in hex."),
                new Output("revision", ValueType.INT, "Revision at which the restored members start."));
    }

    @Override
    public boolean mustRun() {
        return true;
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        return Effects.of(Nature.CHANGES).needing(Need.not(Effect.COMMITTED)).setting(Effect.NEW_DATA);
    }

    @Override
    public List<Problem> fileProblems(Parameters parameters, Snapshots snapshots, LocalFiles files) {
        return snapshots.read(parameters.snapshot()) instanceof Snapshots.Read.Bad(Problem problem)
                ? List.of(problem)
                : List.of();
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        return switch (context.snapshots().read(parameters.snapshot())) {
            case Snapshots.Read.Bad(Problem problem) -> StepPlan.Refused.because(problem);
            case Snapshots.Read.Good(var snapshot) -> new RestorePlanning(parameters, context, snapshot).plan();
        };
    }
}
