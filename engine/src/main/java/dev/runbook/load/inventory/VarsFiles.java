package dev.runbook.load.inventory;

import dev.runbook.load.source.TextFile;
import dev.runbook.model.Problem;
import dev.runbook.yaml.Dialect;
import dev.runbook.yaml.YamlDocument;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The folders {@code group_vars} and {@code host_vars} beside an inventory; each file is read once, on demand. */
final class VarsFiles {
    private static final List<String> ENDINGS = List.of("", ".yml", ".yaml", ".json");

    private final Path folder;
    private final Path shownFolder;
    private final Consumer<Problem> problems;
    private final Map<String, Map<String, YamlValue>> read = new HashMap<>();

    /**
     * @param folder of the inventory, absolute
     * @param shownFolder the same as given on the command line
     */
    VarsFiles(Path folder, Path shownFolder, Consumer<Problem> problems) {
        this.folder = folder;
        this.shownFolder = shownFolder;
        this.problems = problems;
    }

    Map<String, YamlValue> ofGroup(String group) {
        return of("group_vars/" + group);
    }

    Map<String, YamlValue> ofHost(String host) {
        return of("host_vars/" + host);
    }

    private Map<String, YamlValue> of(String name) {
        return read.computeIfAbsent(name, this::read);
    }

    /** Reads the first of the possible files, or all files of a folder, like Ansible. */
    private Map<String, YamlValue> read(String name) {
        Map<String, YamlValue> vars = new LinkedHashMap<>();
        for (var ending : ENDINGS) {
            var path = folder.resolve(name + ending);
            if (Files.isDirectory(path) && ending.isEmpty()) {
                filesBelow(path).forEach(file -> add(file, vars));
                return vars;
            }
            if (Files.isRegularFile(path)) {
                add(path, vars);
                return vars;
            }
        }
        return vars;
    }

    private List<Path> filesBelow(Path path) {
        List<Path> files = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(path)) {
            List<Path> sorted = new ArrayList<>();
            entries.forEach(sorted::add);
            sorted.sort(null);
            for (var entry : sorted) {
                var file = entry.getFileName().toString();
                if (file.startsWith(".") || file.endsWith("~")) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    files.addAll(filesBelow(entry));
                } else if (isVars(file)) {
                    files.add(entry);
                }
            }
        } catch (IOException failed) {
            problems.accept(Problem.ofCall(
                    "file-unreadable",
                    shown(path) + " cannot be read: " + failed.getMessage(),
                    "check its permissions"));
        }
        return files;
    }

    private static boolean isVars(String file) {
        return !file.contains(".") || ENDINGS.stream().anyMatch(ending -> !ending.isEmpty() && file.endsWith(ending));
    }

    private void add(Path path, Map<String, YamlValue> vars) {
        switch (TextFile.read(path, shown(path))) {
            case TextFile.Unreadable(var problem) -> problems.accept(problem);
            case TextFile.Text(var name, var content)
            when content.startsWith("$ANSIBLE_VAULT") ->
                problems.accept(Problem.ofCall(
                                "vault-file",
                                name + " is encrypted with Ansible Vault, so its variables are not read",
                                "write connection variables into another file; for passwords, an inventory file that"
                                        + " only you can read, added with -i")
                        .asWarning());
            case TextFile.Text(var name, var content) -> {
                var document = YamlDocument.parse(name, content, Dialect.INVENTORY);
                document.problems().forEach(problems);
                document.root().ifPresent(root -> addRoot(root, vars));
            }
        }
    }

    private void addRoot(YamlValue root, Map<String, YamlValue> vars) {
        if (root instanceof Mapping mapping) {
            YamlInventory.put(mapping, vars);
        } else if (!(root instanceof Scalar scalar && scalar.isNull())) {
            problems.accept(Problem.at(
                    root.position(),
                    "inventory-shape",
                    "a file of variables is a mapping, but this is " + root.described(),
                    "write name: value"));
        }
    }

    private String shown(Path path) {
        return shownFolder.resolve(folder.relativize(path)).toString();
    }
}
