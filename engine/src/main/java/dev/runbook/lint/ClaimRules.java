package dev.runbook.lint;

import dev.runbook.load.inventory.Inventory;
import dev.runbook.step.Effect;
import dev.runbook.step.Effects.Claim;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Rules on the data folders, cluster tokens and owners that steps name. */
final class ClaimRules {
    /** The default data folder of kubeadm, kubespray and the distributions' packages. */
    private static final String USUAL_DATA_DIR = "/var/lib/etcd";

    /** The variable by which a kubespray inventory names another data folder. */
    private static final String DATA_DIR_VARIABLE = "etcd_data_dir";

    /** Folders whose files etcd itself reads, beside its data. */
    private static final List<String> OF_ETCD = List.of("/etc/etcd", "/etc/ssl/etcd");

    private final LintScope scope;
    private final Inventory inventory;
    private final Consumer<Finding> findings;

    ClaimRules(LintScope scope, Inventory inventory, Consumer<Finding> findings) {
        this.scope = scope;
        this.inventory = inventory;
        this.findings = findings;
    }

    void check() {
        for (var step : scope.steps()) {
            step.effects().claims().forEach(claim -> check(step, claim));
        }
    }

    private void check(StepEffect step, Claim claim) {
        switch (claim) {
            case Claim.DataFolder folder -> dataFolder(step, folder);
            case Claim.Token(var field, var fresh) -> {
                if (!fresh) {
                    findings.accept(Finding.of(
                            Rule.FIXED_TOKEN,
                            step,
                            step.written().call().position(field),
                            "this cluster token is the same in every run",
                            "use the output token of the step that restores, which is fresh in each run"));
                }
            }
            case Claim.OwnerUnspecified open -> owner(step, open);
        }
    }

    /** Pointing a member at its usual folder is wrong only where its new data is in another one. */
    private void dataFolder(StepEffect step, Claim.DataFolder folder) {
        var restores =
                scope.steps().stream().anyMatch(other -> other.effects().sets().contains(Effect.NEW_DATA));
        liveFolders(step).stream()
                .filter(live -> (folder.made() || restores) && isIn(folder.path(), live))
                .findFirst()
                .ifPresent(live -> findings.accept(Finding.of(
                        Rule.LIVE_DATA_DIR,
                        step,
                        step.written().call().position(folder.field()),
                        plain(folder.path()).equals(live)
                                ? live + " is the live data folder"
                                : folder.path() + " is inside the live data folder " + live,
                        "leave the folder to the step that restores, or name another one beside it")));
    }

    private void owner(StepEffect step, Claim.OwnerUnspecified open) {
        var isMade = step.effects().claims().stream()
                .anyMatch(claim -> claim instanceof Claim.DataFolder(var field, var path, var made)
                        && made
                        && path.equals(open.path()));
        var isOfEtcd = OF_ETCD.stream().anyMatch(folder -> isIn(open.path(), folder))
                || liveFolders(step).stream().anyMatch(folder -> isIn(open.path(), folder));
        if (isMade || isOfEtcd) {
            findings.accept(Finding.of(
                    Rule.UNKNOWN_OWNER,
                    step,
                    step.written().call().position(open.field()),
                    "no owner is given for " + open.path() + ", and etcd may run as a user of its own",
                    isMade ? "use a step that takes the owner from the live data" : "add owner:, with 0 for root"));
        }
    }

    private Set<String> liveFolders(StepEffect step) {
        Set<String> folders = new TreeSet<>();
        for (var host : inventory.hosts()) {
            if (step.hosts().contains(host.name())) {
                folders.add(host.text(DATA_DIR_VARIABLE).orElse(USUAL_DATA_DIR));
            }
        }
        return folders.isEmpty() ? Set.of(USUAL_DATA_DIR) : folders;
    }

    private static boolean isIn(String path, String folder) {
        return plain(path).equals(folder) || path.startsWith(folder + "/");
    }

    private static String plain(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
