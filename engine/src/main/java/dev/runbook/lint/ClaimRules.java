package dev.runbook.lint;

import dev.runbook.load.inventory.Inventory;
import dev.runbook.step.Effect;
import dev.runbook.step.Effects.Claim;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What steps say of data folders, tokens and owners. */
final class ClaimRules {
    /** kubeadm's, kubespray's and the packages' folder. */
    private static final String USUAL_DATA_DIR = "/var/lib/etcd";

    /** The variable by which a kubespray inventory names another one. */
    private static final String DATA_DIR_VARIABLE = "etcd_data_dir";

    /** Folders whose files etcd itself reads, beside its data. */
    private static final List<String> OF_ETCD = List.of("/etc/etcd", "/etc/ssl/etcd");

    private final LintScope ground;
    private final Inventory inventory;
    private final Consumer<Finding> findings;

    ClaimRules(LintScope ground, Inventory inventory, Consumer<Finding> findings) {
        this.ground = ground;
        this.inventory = inventory;
        this.findings = findings;
    }

    void check() {
        for (var act : ground.acts()) {
            act.effects().claims().forEach(claim -> check(act, claim));
        }
    }

    private void check(StepEffect act, Claim claim) {
        switch (claim) {
            case Claim.DataFolder folder -> dataFolder(act, folder);
            case Claim.Token(var field, var fresh) -> {
                if (!fresh) {
                    findings.accept(Finding.of(
                            Rule.FIXED_TOKEN,
                            act,
                            act.step().call().position(field),
                            "this cluster token is the same in every run",
                            "use the output token of the step that restores"));
                }
            }
            case Claim.OwnerLeftOpen open -> owner(act, open);
        }
    }

    /** Pointing a member at its usual folder is wrong only where its new data lies elsewhere. */
    private void dataFolder(StepEffect act, Claim.DataFolder folder) {
        var restores =
                ground.acts().stream().anyMatch(other -> other.effects().sets().contains(Effect.NEW_DATA));
        liveFolders(act).stream()
                .filter(live -> (folder.made() || restores) && isIn(folder.path(), live))
                .findFirst()
                .ifPresent(live -> findings.accept(Finding.of(
                        Rule.LIVE_DATA_DIR,
                        act,
                        act.step().call().position(folder.field()),
                        plain(folder.path()).equals(live)
                                ? live + " is the live data folder"
                                : folder.path() + " lies in the live data folder " + live,
                        "let the step that restores choose the folder, or name another one beside it")));
    }

    private void owner(StepEffect act, Claim.OwnerLeftOpen open) {
        var isMade = act.effects().claims().stream()
                .anyMatch(claim -> claim instanceof Claim.DataFolder(var field, var path, var made)
                        && made
                        && path.equals(open.path()));
        var isOfEtcd = OF_ETCD.stream().anyMatch(folder -> isIn(open.path(), folder))
                || liveFolders(act).stream().anyMatch(folder -> isIn(open.path(), folder));
        if (isMade || isOfEtcd) {
            findings.accept(Finding.of(
                    Rule.UNKNOWN_OWNER,
                    act,
                    act.step().call().position(open.field()),
                    "nothing says whose " + open.path() + " shall be, and etcd may run as a user of its own",
                    isMade ? "use a step that takes the owner from the live data" : "add owner:, with 0 for root"));
        }
    }

    private Set<String> liveFolders(StepEffect act) {
        Set<String> folders = new TreeSet<>();
        for (var host : inventory.hosts()) {
            if (act.hosts().contains(host.name())) {
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
