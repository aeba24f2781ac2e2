package dev.runbook.steps.switchdata;

import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.model.Problem;
import dev.runbook.step.Default;
import dev.runbook.step.Doc;
import dev.runbook.step.Effect;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Nature;
import dev.runbook.step.Effects.Need;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.WrittenParameter;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.DataLayout;
import java.util.List;
import java.util.Map;

/** Switches a member to the data that {@code restore} prepared, by renames or in its configuration. */
public final class SwitchData extends NamedStepType<SwitchData.Parameters> {
    /** How a member is switched to its new data. */
    public enum Strategy {
        /** The old folder is moved to the run's folder, and the new one to its place. */
        RENAME,
        /** The member's configuration names the new folder. */
        REPOINT
    }

    /** Fields of the step. */
    public record Parameters(
            @Doc("`rename` moves the old folder to the run's folder and the new one to its place; `repoint` moves"
                    + " neither and changes the member's configuration, which a later kubeadm upgrade undoes.")
            @Default("rename")
            Strategy strategy) {}

    public SwitchData() {
        super(
                "switch-data",
                Parameters.class,
                "Switches the member to the data that restore prepared, by renames or by pointing its configuration"
                        + " there.");
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        return Effects.of(Nature.CHANGES)
                .needing(
                        Need.not(Effect.COMMITTED),
                        Need.of(Effect.CHECKED),
                        Need.of(Effect.SNAPSHOT_KEPT),
                        Need.of(Effect.NEW_DATA),
                        Need.of(Effect.API_STOPPED),
                        Need.of(Effect.MEMBER_STOPPED))
                .setting(Effect.SWITCHED)
                .clearing(Effect.VERIFIED);
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        var member = context.facts().member();
        if (member.isEmpty()) {
            return StepPlan.Planned.nothing("no etcd member is configured here");
        }
        var layout = DataLayout.of(member.get(), context.run());
        if (!context.state().present(layout.prepared())) {
            return StepPlan.Refused.because(Problem.on(
                    context.host(),
                    "nothing-prepared",
                    "no step before this one prepares new data for this host's member",
                    "add a restore step for the same hosts before switch-data"));
        }
        try {
            return switch (parameters.strategy()) {
                case RENAME -> rename(context, layout);
                case REPOINT -> repoint(context, layout);
            };
        } catch (ConfigProblem | IllegalArgumentException e) {
            return StepPlan.Refused.because(Problem.on(
                    context.host(),
                    "cannot-switch",
                    "the member cannot be switched this way: " + e.getMessage(),
                    "try the other strategy of switch-data"));
        }
    }

    private static StepPlan rename(StepContext context, DataLayout layout) {
        var actions = new Actions(context.state());
        layout.renames().forEach(actions::add);
        return StepPlan.Planned.of(actions.list());
    }

    private static StepPlan repoint(StepContext context, DataLayout layout) throws ConfigProblem {
        var actions = new Actions(context.state());
        var diffs = Repointing.edit(context, actions, layout);
        var warning = Problem.on(
                        context.host(),
                        "repointed",
                        "the member's configuration will name " + layout.prepared(),
                        "a later `kubeadm upgrade` rewrites the manifest and would start etcd on the old data: move"
                                + " the folder to its usual place before an upgrade, or use strategy: rename")
                .asWarning();
        return new StepPlan.Planned(actions.list(), Map.of(), List.of(), diffs, List.of(warning), false);
    }
}
