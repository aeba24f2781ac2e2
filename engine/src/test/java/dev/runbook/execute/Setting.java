package dev.runbook.execute;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.plan.FactEdits;
import dev.runbook.plan.Plan;
import dev.runbook.plan.SampleFacts;
import dev.runbook.plan.SamplePlans;
import java.io.IOException;
import java.nio.file.Path;

/** Clusters, and their restore by the runbook that ships. */
enum Setting {
    STACKED,
    STACKED_ON_A_MOUNT_POINT,
    STACKED_WITH_THE_KUBELET_KEPT,
    STACKED_REPOINTED,
    EXTERNAL,
    EXTERNAL_REPOINTED,
    EXTERNAL_WITH_WAL_APART,
    /** No restore: files, a unit and a program. */
    FILES;

    private static final String FILE_STEPS = """
        - copy: {content: "one\n", dest: /etc/default/fresh}
        - copy: {content: "two\n", dest: /etc/default/fresh}
        - copy: {src: inventory.yml, dest: /etc/kubernetes/manifests/kube-scheduler.yaml, mode: "0600"}
        - patch-manifest: {part: kube-apiserver, flags: {v: "2"}}
        - patch-manifest: {part: kube-apiserver, flags: {v: "3"}}
        - command: {argv: [touch, /var/lib/touched], undo: [rm, /var/lib/touched]}
        - service: {name: kubelet, state: stopped}
        - wait-for: {path: /etc/default/fresh}
        - commit:
        """;

    ClusterFacts facts() {
        return switch (this) {
            case STACKED, STACKED_WITH_THE_KUBELET_KEPT, STACKED_REPOINTED, FILES -> SampleFacts.stacked();
            case STACKED_ON_A_MOUNT_POINT ->
                FactEdits.everywhere(SampleFacts.stacked(), FactEdits.data(FactEdits::mounted));
            case EXTERNAL, EXTERNAL_REPOINTED -> SampleFacts.external();
            case EXTERNAL_WITH_WAL_APART ->
                FactEdits.everywhere(
                        SampleFacts.external(), FactEdits.walDir(SampleFacts.data("/var/lib/etcd/wal", 104)));
        };
    }

    Plan plan(Path folder) throws IOException {
        var plans = new SamplePlans(folder, facts());
        return SamplePlans.planned(
                switch (this) {
                    case STACKED, STACKED_ON_A_MOUNT_POINT -> plans.shipped("restore.yml", plans.snapshotValue());
                    case STACKED_WITH_THE_KUBELET_KEPT ->
                        plans.shippedBut(
                                "restore.yml", "      grace: 1s\n", "      grace: 1s\n      keep_kubelet: true\n");
                    case STACKED_REPOINTED ->
                        plans.shippedBut("restore.yml", "    switch-data:\n", "    switch-data: {strategy: repoint}\n");
                    case EXTERNAL_REPOINTED ->
                        plans.shippedBut(
                                "restore-external.yml", "    switch-data:\n", "    switch-data: {strategy: repoint}\n");
                    case FILES -> plans.steps(FILE_STEPS);
                    case EXTERNAL, EXTERNAL_WITH_WAL_APART ->
                        plans.shipped("restore-external.yml", plans.snapshotValue());
                });
    }
}
