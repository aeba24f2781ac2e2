package dev.runbook.load.inventory;

import dev.runbook.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The files of an inventory folder, in the order of their names, including those of subfolders. */
final class InventoryFiles {
    /** Folders that contain variables, and those that kubespray puts a kubeconfig and keys into. */
    private static final Set<String> NOT_INVENTORIES =
            Set.of("group_vars", "host_vars", "vars_plugins", "artifacts", "credentials");

    /**
     * Ansible's INVENTORY_IGNORE_EXTS, as of ansible-core 2.19, which reads .ini there too; the two of kubespray's
     * ansible.cfg; and keys, certificates and Terraform's files, which no inventory is written in.
     */
    private static final List<String> IGNORED = List.of(
            ".pyc",
            ".pyo",
            ".swp",
            ".bak",
            "~",
            ".rpm",
            ".md",
            ".txt",
            ".rst",
            ".orig",
            ".cfg",
            ".retry",
            ".creds",
            ".gpg",
            ".pem",
            ".key",
            ".crt",
            ".pub",
            ".tfvars",
            ".tfstate");

    private static final int MAXIMUM_DEPTH = 10;

    private InventoryFiles() {}

    static List<Path> below(Path folder, String shown, Consumer<Problem> problems) {
        List<Path> files = new ArrayList<>();
        collect(folder, MAXIMUM_DEPTH, files, shown, problems);
        if (files.isEmpty()) {
            problems.accept(Problem.ofCall(
                    "file-missing",
                    "the folder " + shown + " contains no inventory",
                    "name a folder with inventories"));
        }
        return files;
    }

    private static void collect(Path folder, int depth, List<Path> files, String shown, Consumer<Problem> problems) {
        List<Path> entries = new ArrayList<>();
        try (var listed = Files.newDirectoryStream(folder)) {
            listed.forEach(entries::add);
        } catch (IOException failed) {
            problems.accept(Problem.ofCall(
                    "file-unreadable", shown + " cannot be read: " + failed.getMessage(), "check its permissions"));
            return;
        }
        entries.sort(Comparator.comparing(InventoryFiles::name));
        for (var entry : entries) {
            var name = name(entry);
            if (name.startsWith(".")
                    || NOT_INVENTORIES.contains(name)
                    || IGNORED.stream().anyMatch(name::endsWith)) {
                continue;
            }
            if (!Files.isDirectory(entry)) {
                files.add(entry);
            } else if (depth > 0) {
                collect(entry, depth - 1, files, shown, problems);
            }
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
