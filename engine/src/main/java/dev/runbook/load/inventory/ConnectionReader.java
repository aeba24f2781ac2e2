package dev.runbook.load.inventory;

import dev.runbook.load.source.Surroundings;
import dev.runbook.model.Connection;
import dev.runbook.model.Connection.Become;
import dev.runbook.model.Problem;
import dev.runbook.model.Secret;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Scalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads Ansible's connection variables, under their present and their former names. */
final class ConnectionReader {
    private final Surroundings surroundings;

    ConnectionReader(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    HostConnection read(String host, Map<String, YamlValue> given) {
        var vars = new ConnectionVars(host, given);
        List<Problem> warnings = new ArrayList<>();
        var become = become(vars);
        var kind = vars.find("ansible_connection");
        Optional<Connection> connection = switch (kind.map(Scalar::text).orElse("ssh")) {
            case "ssh", "smart", "paramiko", "paramiko_ssh", "ansible.builtin.ssh" ->
                Optional.of(ssh(host, vars, become, warnings));
            case "local", "ansible.builtin.local" -> Optional.of(new Connection.Local(become));
            case "simulated" -> Optional.of(new Connection.Simulated());
            default -> Optional.empty();
        };
        if (connection.isEmpty()) {
            vars.refuse(
                    kind.orElseThrow(),
                    "connection-kind",
                    "hosts are reached over ssh or local, not over "
                            + kind.orElseThrow().text(),
                    "set ansible_connection to ssh or local, or remove this host");
        }
        return connection.isPresent() && vars.problems().isEmpty()
                ? new HostConnection.Usable(connection.get(), warnings)
                : new HostConnection.Unusable(vars.problems());
    }

    private Connection.Ssh ssh(String host, ConnectionVars vars, Become become, List<Problem> warnings) {
        List<Path> keys =
                vars
                        .text("ansible_ssh_private_key_file", "ansible_private_key_file")
                        .map(surroundings::resolve)
                        .stream()
                        .toList();
        List<Connection.Ssh> jumps = new ArrayList<>();
        for (var name : List.of("ansible_ssh_common_args", "ansible_ssh_extra_args")) {
            vars.find(name).ifPresent(line -> jumps.addAll(jumps(name, line, keys, vars, warnings)));
        }
        return new Connection.Ssh(
                vars.text("ansible_host", "ansible_ssh_host").orElse(host),
                vars.port(22, "ansible_port", "ansible_ssh_port"),
                vars.text("ansible_user", "ansible_ssh_user").orElse(surroundings.user()),
                keys,
                vars.text("ansible_ssh_private_key_passphrase").map(Secret::new),
                vars.text("ansible_password", "ansible_ssh_pass", "ansible_ssh_password")
                        .map(Secret::new),
                jumps,
                become);
    }

    private List<Connection.Ssh> jumps(
            String name, Scalar line, List<Path> keys, ConnectionVars vars, List<Problem> warnings) {
        var arguments = SshArguments.parse(line.text());
        for (var refused : arguments.refused()) {
            vars.refuse(
                    line,
                    "ssh-argument",
                    name + " has \"" + refused + "\", without which another machine could be reached",
                    "write it as -J user@host:port, or as -o ProxyJump=user@host:port");
        }
        if (!arguments.ignored().isEmpty()) {
            warnings.add(Problem.at(
                            line.position(),
                            "ssh-argument",
                            name + " has " + String.join(", ", arguments.ignored()) + ", which has no effect here",
                            line.text().contains("StrictHostKeyChecking")
                                    ? "add the host keys to known_hosts, because they are always checked"
                                    : "")
                    .asWarning());
        }
        return arguments.jumps().stream()
                .map(jump -> new Connection.Ssh(
                        jump.address(),
                        jump.port(),
                        jump.user().orElse(surroundings.user()),
                        keys,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        new Become.No()))
                .toList();
    }

    private static Become become(ConnectionVars vars) {
        if (!vars.flag("ansible_become")) {
            return new Become.No();
        }
        vars.find("ansible_become_method")
                .filter(method -> !method.text().endsWith("sudo"))
                .ifPresent(method -> vars.refuse(
                        method,
                        "become-method",
                        "privileges are escalated with sudo only, not with " + method.text(),
                        "set ansible_become_method to sudo"));
        return new Become.Sudo(
                vars.text("ansible_become_user").orElse("root"),
                vars.text("ansible_become_password", "ansible_become_pass", "ansible_sudo_pass")
                        .map(Secret::new));
    }
}
