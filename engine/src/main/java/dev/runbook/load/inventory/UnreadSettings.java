package dev.runbook.load.inventory;

import dev.runbook.load.source.Surroundings;
import dev.runbook.load.ssh.SshArguments;
import dev.runbook.model.Connection;
import dev.runbook.model.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Connection settings outside of the hosts' variables, which Ansible or kubespray uses. They are not used here, so each is said. */
final class UnreadSettings {
    static final String BASTION = "bastion";

    /** Settings of ansible.cfg by section and key, with the variables that say the same; the first is the present name. */
    private static final Map<String, List<String>> SETTINGS = new LinkedHashMap<>();

    static {
        SETTINGS.put("defaults.remote_user", List.of("ansible_user", "ansible_ssh_user"));
        SETTINGS.put("defaults.remote_port", List.of("ansible_port", "ansible_ssh_port"));
        SETTINGS.put("defaults.private_key_file", List.of("ansible_ssh_private_key_file", "ansible_private_key_file"));
        SETTINGS.put("defaults.transport", List.of("ansible_connection"));
        SETTINGS.put("privilege_escalation.become", List.of("ansible_become"));
        SETTINGS.put("privilege_escalation.become_method", List.of("ansible_become_method"));
        SETTINGS.put("privilege_escalation.become_user", List.of("ansible_become_user"));
        SETTINGS.put("privilege_escalation.become_exe", List.of("ansible_become_exe"));
        SETTINGS.put("privilege_escalation.become_flags", List.of("ansible_become_flags"));
        SETTINGS.put("ssh_connection.ssh_args", List.of("ansible_ssh_args"));
        SETTINGS.put("ssh_connection.ssh_common_args", List.of("ansible_ssh_common_args"));
        SETTINGS.put("ssh_connection.ssh_extra_args", List.of("ansible_ssh_extra_args"));
        SETTINGS.put("ssh_connection.ssh_executable", List.of("ansible_ssh_executable"));
    }

    /** Values that change nothing. */
    private static final Map<String, Set<String>> USUAL = Map.of(
            "defaults.transport", Set.of("ssh", "smart", "paramiko"),
            "privilege_escalation.become", Set.of("false", "no", "0", "off"),
            "privilege_escalation.become_method", Set.of("sudo"),
            "privilege_escalation.become_user", Set.of("root"),
            "privilege_escalation.become_exe", Set.of("sudo"),
            "ssh_connection.ssh_executable", Set.of("ssh"));

    private final List<Host> hosts;
    private final Surroundings surroundings;
    private final Consumer<Problem> problems;

    UnreadSettings(List<Host> hosts, Surroundings surroundings, Consumer<Problem> problems) {
        this.hosts = hosts.stream().filter(UnreadSettings::isOverSsh).toList();
        this.surroundings = surroundings;
        this.problems = problems;
    }

    private static boolean isOverSsh(Host host) {
        return switch (host.reach()) {
            case HostConnection.Usable(var connection, var warnings) -> connection instanceof Connection.Ssh;
            case HostConnection.Unusable unusable -> true;
        };
    }

    /** kubespray jumps through the group's first host by itself. */
    void bastion() {
        var bastion = hosts.stream().filter(UnreadSettings::isBastion).findFirst();
        var direct = hosts.stream()
                .filter(host -> !isBastion(host)
                        && host.reach() instanceof HostConnection.Usable(Connection.Ssh ssh, var warnings)
                        && ssh.jumps().isEmpty())
                .map(Host::name)
                .toList();
        if (bastion.isPresent() && !direct.isEmpty()) {
            problems.accept(Problem.ofCall(
                            "bastion-not-used",
                            "the group bastion is not used here, so " + HostNames.of(direct) + " "
                                    + (direct.size() == 1 ? "is" : "are") + " dialled directly",
                            "to go through it, write ansible_ssh_common_args='-J " + jump(bastion.get())
                                    + "' below [all:vars]")
                    .asWarning());
        }
    }

    private static boolean isBastion(Host host) {
        return host.groups().contains(BASTION);
    }

    private static String jump(Host bastion) {
        return bastion.reach() instanceof HostConnection.Usable(Connection.Ssh ssh, var warnings)
                ? ssh.user() + "@" + (ssh.address().contains(":") ? "[" + ssh.address() + "]" : ssh.address())
                        + (ssh.port() == 22 ? "" : ":" + ssh.port())
                : "user@" + bastion.name();
    }

    /**
     * Says what the files of Ansible's settings have in these folders, in the folder of the call and at home.
     *
     * @param inventories the folders of the inventories, absolute
     */
    void ansibleCfg(List<Path> inventories) {
        Set<Path> files = new LinkedHashSet<>();
        inventories.forEach(folder -> files.add(folder.resolve("ansible.cfg")));
        files.add(surroundings.currentFolder().resolve("ansible.cfg"));
        files.add(surroundings.home().resolve(".ansible.cfg"));
        files.stream().filter(Files::isRegularFile).forEach(this::ansibleCfg);
    }

    private void ansibleCfg(Path file) {
        List<String> keys = new ArrayList<>();
        List<String> variables = new ArrayList<>();
        settings(file).forEach((setting, value) -> {
            var names = SETTINGS.getOrDefault(setting, List.of());
            if (!names.isEmpty() && matters(setting, value) && hosts.stream().anyMatch(host -> lacks(host, names))) {
                keys.add(setting.substring(setting.indexOf('.') + 1));
                var written = setting.equals("defaults.private_key_file") ? key(file, value) : value;
                variables.add(names.getFirst() + "=" + (written.contains(" ") ? "'" + written + "'" : written));
            }
        });
        if (!keys.isEmpty()) {
            problems.accept(Problem.ofCall(
                            "ansible-cfg-not-read",
                            shown(file) + " sets " + String.join(", ", keys) + ", and it is not read",
                            "write it into the inventory, below [all:vars]: " + String.join(" ", variables))
                    .asWarning());
        }
    }

    private static boolean lacks(Host host, List<String> names) {
        return names.stream().noneMatch(host.vars()::containsKey);
    }

    private static boolean matters(String setting, String value) {
        return setting.endsWith("_args")
                ? SshArguments.parse(value).matter()
                : !value.isEmpty() && !USUAL.getOrDefault(setting, Set.of()).contains(value.toLowerCase(Locale.ROOT));
    }

    /** A path in ansible.cfg counts from its folder. */
    private static String key(Path file, String value) {
        return value.startsWith("~")
                ? value
                : file.resolveSibling(value).normalize().toString();
    }

    private String shown(Path file) {
        return file.startsWith(surroundings.currentFolder())
                ? surroundings.currentFolder().relativize(file).toString()
                : file.toString();
    }

    private static Map<String, String> settings(Path file) {
        Map<String, String> settings = new LinkedHashMap<>();
        var section = "";
        try {
            for (var line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                var stripped = line.strip();
                var parts = stripped.split("\\s*[=:]\\s*", 2);
                if (stripped.startsWith("[") && stripped.contains("]")) {
                    section = stripped.substring(1, stripped.indexOf(']')).strip();
                } else if (!stripped.isEmpty() && ";#".indexOf(stripped.charAt(0)) < 0 && parts.length == 2) {
                    settings.put(section + "." + parts[0].strip(), parts[1].split("\\s;", 2)[0].strip());
                }
            }
        } catch (IOException unreadable) {
            return Map.of();
        }
        return settings;
    }
}
