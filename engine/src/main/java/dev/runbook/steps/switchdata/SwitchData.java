package dev.runbook.steps.switchdata;

import dev.runbook.model.Problem;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.StepType;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.DataLayout;

/** Puts the data that {@code restore} prepared in the place of the old, by renames. */
public final class SwitchData implements StepType<SwitchData.Parameters> {
    /** No fields: a manifest that points elsewhere is undone by a later {@code kubeadm upgrade}, renames are not. */
    public record Parameters() {}

    @Override
    public String name() {
        return "switch-data";
    }

    @Override
    public String summary() {
        return "Moves the old data folder aside and the one that restore prepared into its place, by renames only.";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
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
                    "put a restore step for the same hosts before switch-data"));
        }
        var actions = new Actions(context.state());
        layout.renames().forEach(actions::add);
        return StepPlan.Planned.of(actions.list());
    }
}
