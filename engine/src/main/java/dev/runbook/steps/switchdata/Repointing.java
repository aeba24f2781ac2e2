package dev.runbook.steps.switchdata;

import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.etcd.config.StaticPodManifest;
import dev.runbook.facts.MemberSource;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan.FileDiff;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.ConfigEdit;
import dev.runbook.steps.shared.ControlPlaneComponent;
import dev.runbook.steps.shared.DataLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Points a member's configuration at its new data: a static pod's hostPath, or a unit's data-dir. */
final class Repointing {
    private Repointing() {}

    static List<FileDiff> edit(StepContext context, Actions actions, DataLayout layout) throws ConfigProblem {
        var edit = new ConfigEdit(context, actions);
        // Keyed by the member's present path.
        Map<String, String> targets = new LinkedHashMap<>();
        targets.put(layout.member().data().path(), layout.prepared());
        layout.member()
                .walDir()
                .ifPresent(wal -> targets.put(wal.path(), layout.preparedWal().orElseThrow()));
        switch (layout.member().source()) {
            case MemberSource.StaticPod _ ->
                edit.manifest(
                        context.facts().manifests().orElseThrow(),
                        ControlPlaneComponent.ETCD,
                        text -> repointed(text, targets));
            case MemberSource.Unit unit -> {
                Map<String, String> flags = new LinkedHashMap<>();
                flags.put("data-dir", layout.prepared());
                layout.preparedWal().ifPresent(wal -> flags.put("wal-dir", wal));
                edit.member(unit, flags);
            }
        }
        return edit.diffs();
    }

    private static String repointed(String text, Map<String, String> targets) throws ConfigProblem {
        var manifest = StaticPodManifest.parse(text);
        for (var target : targets.entrySet()) {
            manifest = manifest.withHostPath(volume(manifest, target.getKey()), target.getValue());
        }
        return manifest.text();
    }

    private static String volume(StaticPodManifest manifest, String path) throws ConfigProblem {
        for (var volume : manifest.hostPaths().entrySet()) {
            if (volume.getValue().equals(path)) {
                return volume.getKey();
            }
        }
        throw new ConfigProblem("no volume of the manifest is exactly " + path);
    }
}
