package dev.runbook.load.inventory;

import dev.runbook.load.source.SudoPassword;
import dev.runbook.load.source.Surroundings;
import dev.runbook.load.source.TextFile;
import dev.runbook.model.Problem;
import dev.runbook.yaml.Dialect;
import dev.runbook.yaml.LineText;
import dev.runbook.yaml.YamlDocument;
import dev.runbook.yaml.YamlValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads inventories and their variable files, and resolves the variables of each host. */
public final class InventoryLoader {
    private static final Pattern INI_SECTION = Pattern.compile("(?m)^\\[[\\w.:@ -]+]\\s*([#;].*)?$");

    private static final List<String> YAML_ENDINGS = List.of(".yml", ".yaml", ".json");

    private static final Pattern PASSWORD = Pattern.compile("ansible_\\w*pass(?:word|phrase)?");

    private final Surroundings surroundings;
    private final SudoPassword sudoPassword;
    private final Map<String, YamlValue> overriding;
    private final Consumer<Problem> problems;

    /**
     * A loader for one invocation.
     *
     * @param overriding variables for all hosts that override every other
     * @param sudoPassword whether the call gives one
     */
    public InventoryLoader(
            Surroundings surroundings,
            SudoPassword sudoPassword,
            Map<String, YamlValue> overriding,
            Consumer<Problem> problems) {
        this.surroundings = surroundings;
        this.sudoPassword = sudoPassword;
        this.overriding = overriding;
        this.problems = problems;
    }

    static boolean isPassword(String variable) {
        return PASSWORD.matcher(variable).matches();
    }

    /** Merges inventories, which are files, folders or lists of hosts; later ones override earlier ones. */
    public Inventory load(List<Path> paths) {
        var draft = new InventoryDraft();
        List<VarsFiles> varsFiles = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        for (var path : paths) {
            if (HostList.isOne(path, surroundings)) {
                HostList.addTo(draft, path, problems);
                continue;
            }
            var absolute = surroundings.currentFolder().resolve(path).normalize();
            if (Files.isDirectory(absolute)) {
                for (var file : InventoryFiles.below(absolute, path.toString(), problems)) {
                    read(file, path.resolve(absolute.relativize(file)).toString(), draft, true);
                }
                folders.add(absolute);
                varsFiles.add(new VarsFiles(absolute, path, problems));
                continue;
            }
            read(absolute, path.toString(), draft, false);
            var parent = absolute.getParent();
            if (parent != null) {
                var shown = path.getParent();
                varsFiles.add(new VarsFiles(parent, shown == null ? Path.of("") : shown, problems));
                folders.add(parent);
            }
        }
        var inventory = assemble(draft, varsFiles);
        var unread = new UnreadSettings(inventory.hosts(), surroundings, problems);
        unread.bastion();
        unread.ansibleCfg(folders);
        return inventory;
    }

    private void read(Path path, String name, InventoryDraft draft, boolean inFolder) {
        switch (TextFile.read(path, name)) {
            case TextFile.Unreadable(var problem) -> problems.accept(problem);
            case TextFile.Text(var file, var content) -> {
                if (content.startsWith("#!")) {
                    refuse(
                            "inventory-script",
                            file + " is a script that prints an inventory, and scripts are not run",
                            file);
                } else if (file.endsWith(".toml")) {
                    refuse("inventory-toml", file + " is an inventory in TOML, which is not supported", file);
                } else if (file.endsWith(".ini")) {
                    new IniInventory(draft, new LineText(file, content), problems).read();
                } else {
                    readByContent(file, content, draft, inFolder);
                }
            }
        }
    }

    /** Tries YAML first, like Ansible; without an extension the content decides. */
    private void readByContent(String file, String content, InventoryDraft draft, boolean inFolder) {
        var document = YamlDocument.parse(file, content, Dialect.INVENTORY);
        var object = document.root().flatMap(InventoryLoader::object);
        if (object.isPresent()) {
            var problem = Problem.ofCall(
                    "inventory-shape",
                    file + " is " + object.get() + ", not an inventory" + (inFolder ? ", and passed over" : ""),
                    inFolder ? "move it out of the folder" : "name the file that has the hosts");
            problems.accept(inFolder ? problem.asWarning() : problem);
            return;
        }
        var isMapping =
                document.root().filter(YamlValue.Mapping.class::isInstance).isPresent();
        var isEmpty = document.root()
                .filter(root -> root instanceof YamlValue.Scalar scalar && scalar.isNull())
                .isPresent();
        var isNamedYaml = YAML_ENDINGS.stream().anyMatch(file::endsWith);
        if (!isMapping
                && !isEmpty
                && (!isNamedYaml || INI_SECTION.matcher(content).find())) {
            new IniInventory(draft, new LineText(file, content), problems).read();
            return;
        }
        document.problems().forEach(problems);
        document.root().ifPresent(root -> new YamlInventory(draft, problems).read(root));
    }

    /** What a file of Kubernetes is, in words; empty for every other. */
    private static Optional<String> object(YamlValue root) {
        if (!(root instanceof YamlValue.Mapping mapping)
                || mapping.find("apiVersion").isEmpty()
                || mapping.find("kind").isEmpty()) {
            return Optional.empty();
        }
        var kind = String.valueOf(mapping.find("kind").get().value().plain());
        return Optional.of(kind.equals("Config") ? "a kubeconfig" : "a Kubernetes object of kind " + kind);
    }

    private void refuse(String code, String summary, String file) {
        problems.accept(Problem.ofCall(
                code,
                summary,
                "convert it to YAML, and give that: ansible-inventory -i " + file
                        + " --list --yaml --output hosts.yml"));
    }

    private Inventory assemble(InventoryDraft draft, List<VarsFiles> varsFiles) {
        var tree = new GroupTree(draft, problems);
        var connections = new ConnectionReader(surroundings, sudoPassword);
        Map<String, Group> groups = new LinkedHashMap<>();
        for (var name : draft.groups.keySet()) {
            var members = tree.hosts(name);
            var ordered = draft.hosts.keySet().stream().filter(members::contains);
            groups.put(
                    name,
                    new Group(
                            name,
                            tree.children(name),
                            ordered.collect(Collectors.toCollection(LinkedHashSet::new)),
                            tree.ordered(name)));
        }
        List<Host> hosts = new ArrayList<>();
        for (var name : draft.hosts.keySet()) {
            var memberships = tree.byPrecedence(name);
            var vars = variables(name, memberships, draft, varsFiles);
            var shownGroups =
                    groups.keySet().stream().filter(memberships::contains).toList();
            var reach = connections.read(name, vars);
            // From here on only the connection has the passwords, as secrets, so that no expression and no report shows
            // them.
            vars.keySet().removeIf(InventoryLoader::isPassword);
            hosts.add(new Host(name, shownGroups, vars, reach));
        }
        return new Inventory(hosts, groups);
    }

    /**
     * Variables in Ansible's order of ascending precedence: all, groups, group_vars/all, group_vars of groups, the host,
     * host_vars, and the command line.
     */
    private Map<String, YamlValue> variables(
            String host, List<String> memberships, InventoryDraft draft, List<VarsFiles> varsFiles) {
        Map<String, YamlValue> vars = new LinkedHashMap<>(draft.group(InventoryDraft.ALL).vars);
        memberships.forEach(group -> vars.putAll(draft.group(group).vars));
        varsFiles.forEach(files -> vars.putAll(files.ofGroup(InventoryDraft.ALL)));
        memberships.forEach(group -> varsFiles.forEach(files -> vars.putAll(files.ofGroup(group))));
        vars.putAll(draft.hostVars(host));
        varsFiles.forEach(files -> vars.putAll(files.ofHost(host)));
        vars.putAll(overriding);
        return vars;
    }
}
