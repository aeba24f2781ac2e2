package dev.runbook.load.inventory;

import dev.runbook.load.ssh.ShellWords;
import dev.runbook.model.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The user's {@code ~/.ssh/config}, which ssh reads under Ansible and which is not used here: what it says of a host is said. */
final class SshConfigFile {
    /** By setting in lower case, its name, and where the inventory says the same; without one it is only named. */
    private static final Map<String, List<String>> MATTER = new LinkedHashMap<>();

    static {
        MATTER.put("hostname", List.of("HostName", "ansible_host="));
        MATTER.put("port", List.of("Port", "ansible_port="));
        MATTER.put("user", List.of("User", "ansible_user="));
        MATTER.put("identityfile", List.of("IdentityFile", "ansible_ssh_private_key_file="));
        MATTER.put("proxyjump", List.of("ProxyJump", "ansible_ssh_common_args=-J "));
        MATTER.put("proxycommand", List.of("ProxyCommand"));
        MATTER.put("certificatefile", List.of("CertificateFile"));
        MATTER.put("identityagent", List.of("IdentityAgent"));
        MATTER.put("hostkeyalias", List.of("HostKeyAlias"));
        MATTER.put("userknownhostsfile", List.of("UserKnownHostsFile"));
    }

    private static final int DEEPEST = 8;

    /** The settings of a {@code Host} or a {@code Match}, in the order of the text. */
    private record Block(List<String> patterns, Map<String, String> settings) {
        boolean concerns(String name) {
            var matches = patterns.stream()
                    .filter(pattern -> !pattern.startsWith("!"))
                    .anyMatch(pattern -> like(pattern, name));
            return matches
                    && patterns.stream()
                            .noneMatch(pattern -> pattern.startsWith("!") && like(pattern.substring(1), name));
        }

        private static boolean like(String pattern, String name) {
            return name.toLowerCase(Locale.ROOT)
                    .matches(Glob.toRegex(pattern.toLowerCase(Locale.ROOT).replace("[", "?")));
        }
    }

    private final Path folder;
    private final List<Block> blocks = new ArrayList<>();

    private SshConfigFile(Path folder) {
        this.folder = folder;
        blocks.add(new Block(List.of("*"), new LinkedHashMap<>()));
    }

    /** As far as it can be read: a file that is missing says nothing. */
    static SshConfigFile of(Path home) {
        var folder = home.resolve(".ssh");
        var config = new SshConfigFile(folder);
        config.read(folder.resolve("config"), 0);
        return config;
    }

    /**
     * The warning that the file has settings for a host.
     *
     * @param name as ssh would be given it
     * @param given settings, in lower case, that the inventory gives, and that therefore count for ssh too
     */
    Optional<Problem> unread(String name, Set<String> given) {
        Map<String, String> found = new LinkedHashMap<>();
        for (var block : blocks) {
            if (block.concerns(name)) {
                block.settings().forEach(found::putIfAbsent);
            }
        }
        var unread = MATTER.keySet().stream()
                .filter(setting -> found.containsKey(setting) && !given.contains(setting))
                .toList();
        if (unread.isEmpty()) {
            return Optional.empty();
        }
        var said = unread.stream().map(setting -> text(setting, 0)).collect(Collectors.joining(", "));
        var written = unread.stream()
                .filter(setting -> MATTER.getOrDefault(setting, List.of()).size() > 1)
                .map(setting -> variable(
                        text(setting, 1), found.getOrDefault(setting, "").replace("%h", name)))
                .collect(Collectors.joining(" "));
        return Optional.of(Problem.ofCall(
                        "ssh-config-not-read",
                        "~/.ssh/config has " + said + " for " + name + ", and it is not read",
                        written.isEmpty()
                                ? "see `ssh -G " + name + "`, and write what matters into the inventory"
                                : "write it into the inventory: " + written)
                .asWarning());
    }

    private static String text(String setting, int index) {
        return MATTER.getOrDefault(setting, List.of()).get(index);
    }

    private static String variable(String variable, String value) {
        var equals = variable.indexOf('=') + 1;
        var whole = variable.substring(equals) + value;
        return variable.substring(0, equals) + (whole.contains(" ") ? "'" + whole + "'" : whole);
    }

    private void read(Path file, int depth) {
        if (depth > DEEPEST || !Files.isRegularFile(file)) {
            return;
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return;
        }
        for (var line : lines) {
            var stripped = line.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                var parts = stripped.split("\\s*[\\s=]\\s*", 2);
                setting(parts[0].toLowerCase(Locale.ROOT), parts.length > 1 ? parts[1] : "", depth);
            }
        }
    }

    private void setting(String key, String value, int depth) {
        switch (key) {
            case "host" -> blocks.add(new Block(ShellWords.split(value), new LinkedHashMap<>()));
            case "match" -> blocks.add(new Block(matched(ShellWords.split(value)), new LinkedHashMap<>()));
            case "include" -> {
                // What follows an included file belongs to the block around the line again.
                var around = blocks.getLast().patterns();
                ShellWords.split(value).forEach(name -> include(name, depth));
                blocks.add(new Block(around, new LinkedHashMap<>()));
            }
            default -> blocks.getLast().settings().putIfAbsent(key, value.replaceAll("^\"|\"$", ""));
        }
    }

    /** Of conditions only those on names can be told here; all others are taken for not met. */
    private static List<String> matched(List<String> words) {
        if (words.size() == 1 && words.getFirst().equalsIgnoreCase("all")) {
            return List.of("*");
        }
        var isNames = words.size() == 2
                && Set.of("host", "originalhost").contains(words.getFirst().toLowerCase(Locale.ROOT));
        return isNames ? List.of(words.get(1).split(",")) : List.of();
    }

    private void include(String name, int depth) {
        var home = Optional.ofNullable(folder.getParent()).orElse(folder);
        var path = name.startsWith("~/") ? home.resolve(name.substring(2)) : folder.resolve(name);
        var last = String.valueOf(path.getFileName());
        var parent = path.getParent();
        if (!last.matches(".*[*?\\[].*") || parent == null) {
            read(path, depth + 1);
            return;
        }
        try (var found = Files.list(parent)) {
            found.filter(file -> String.valueOf(file.getFileName()).matches(Glob.toRegex(last)))
                    .sorted()
                    .forEach(file -> read(file, depth + 1));
        } catch (IOException missing) {
            // As ssh does: what a glob does not find is not included.
        }
    }
}
