package dev.runbook.steps.patchmanifest;

import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.etcd.config.StaticPodManifest;
import dev.runbook.model.Problem;
import dev.runbook.step.Default;
import dev.runbook.step.Doc;
import dev.runbook.step.Effects;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.WrittenParameter;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.ConfigEdit;
import dev.runbook.steps.shared.ControlPlaneComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes flags of a control plane component where they are configured, and leaves every other byte as it is. */
public final class PatchManifest extends NamedStepType<PatchManifest.Parameters> {
    /** Fields of the step. */
    public record Parameters(
            @Doc("Component: etcd, kube-apiserver, kube-controller-manager or kube-scheduler.") @Default("etcd")
            String part,

            @Doc("Flags without dashes, and their values. For etcd under systemd they are written to its"
                    + " environment file, config file or a drop-in.")
            Map<String, String> flags,

            @Doc("Static pods: volumes by name, each with its new folder on the host.")
            Map<String, String> hostPaths,

            @Doc("Static pods: etcd's --data-dir together with its volume's mountPath.")
            Optional<String> dataDir) {
        public Parameters {
            if (flags.isEmpty() && hostPaths.isEmpty() && dataDir.isEmpty()) {
                throw new IllegalArgumentException("give a change: flags, host_paths or data_dir");
            }
        }
    }

    public PatchManifest() {
        super(
                "patch-manifest",
                Parameters.class,
                "Changes flags, hostPaths or the data folder in a static pod's manifest or a unit's files, and no other"
                        + " byte.");
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        return Effects.of(Effects.Nature.CHANGES)
                .claiming(
                        parameters.field("part").is(ControlPlaneComponent.ETCD)
                                ? Claims.of(parameters)
                                : List.<Effects.Claim>of());
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        var actions = new Actions(context.state());
        var edit = new ConfigEdit(context, actions);
        var pod = context.facts().manifest(parameters.part()).isPresent();
        var member = context.facts().member();
        try {
            if (pod && parameters.part().equals(ControlPlaneComponent.ETCD)) {
                edit.etcdManifest(
                        context.facts().manifests().orElseThrow(),
                        text -> edited(text, parameters),
                        parameters.flags());
            } else if (pod) {
                edit.manifest(
                        context.facts().manifests().orElseThrow(), parameters.part(), text -> edited(text, parameters));
            } else if (parameters.part().equals(ControlPlaneComponent.ETCD) && member.isPresent()) {
                if (!parameters.hostPaths().isEmpty() || parameters.dataDir().isPresent()) {
                    throw new ConfigProblem(
                            "host_paths and data_dir are for static pods; this member is a systemd unit, so use flags");
                }
                edit.member(member.get().source(), parameters.flags());
            } else {
                return StepPlan.Planned.nothing("no " + parameters.part() + " is configured on this host");
            }
        } catch (ConfigProblem e) {
            return StepPlan.Refused.because(Problem.on(
                    context.host(),
                    "cannot-edit",
                    "the configuration of " + parameters.part() + " cannot be changed safely: " + e.getMessage(),
                    e.next().orElse("edit it by hand before the run, and remove this step")));
        }
        return actions.isEmpty()
                ? StepPlan.Planned.nothing("the configuration has these values already")
                : new StepPlan.Planned(actions.list(), Map.of(), List.of(), edit.diffs(), List.of(), false);
    }

    private static String edited(String text, Parameters parameters) throws ConfigProblem {
        var manifest = StaticPodManifest.parse(ConfigEdit.withFlags(text, parameters.flags()));
        for (var volume : parameters.hostPaths().entrySet()) {
            manifest = manifest.withHostPath(volume.getKey(), volume.getValue());
        }
        if (parameters.dataDir().isPresent()) {
            manifest = manifest.withDataDir(parameters.dataDir().get());
        }
        return manifest.text();
    }
}
