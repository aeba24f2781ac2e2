package dev.runbook.load.inventory;

import dev.runbook.load.source.SudoPassword;
import dev.runbook.load.source.Surroundings;
import dev.runbook.load.ssh.SshArguments;
import dev.runbook.load.ssh.SshArguments.Jump;
import dev.runbook.load.ssh.SshDestination;
import dev.runbook.model.Connection;
import dev.runbook.model.Problem;
import dev.runbook.model.Secret;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Scalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads Ansible's connection variables, under their present and their former names. */
final class ConnectionReader {
    private static final String[] PORT = {"ansible_port", "ansible_ssh_port"};
    private static final String[] USER = {"ansible_user", "ansible_ssh_user"};

    private final Surroundings surroundings;
    private final BecomeReader become;
    private final SshConfigFile config;

    ConnectionReader(Surroundings surroundings, SudoPassword sudoPassword) {
        this.surroundings = surroundings;
        this.become = new BecomeReader(sudoPassword);
        this.config = SshConfigFile.of(surroundings.home());
    }

    HostConnection read(String host, Map<String, YamlValue> given) {
        var vars = new ConnectionVars(host, given);
        List<Problem> warnings = new ArrayList<>();
        var rights = become.read(vars, warnings);
        var kind = vars.find("ansible_connection");
        Optional<Connection> connection = switch (kind.map(Scalar::text).orElse("ssh")) {
            case "ssh", "smart", "paramiko", "paramiko_ssh", "ansible.builtin.ssh" ->
                Optional.of(new Reading(host, vars, warnings).ssh(rights));
            case "local", "ansible.builtin.local" -> Optional.of(new Connection.Local(rights));
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

    /** Reads how one host is reached over SSH, each setting from the place that counts for {@code ssh} under Ansible. */
    private final class Reading {
        private final String host;
        private final ConnectionVars vars;
        private final List<Problem> warnings;

        Reading(String host, ConnectionVars vars, List<Problem> warnings) {
            this.host = host;
            this.vars = vars;
            this.warnings = warnings;
        }

        /** Ansible's order is ssh_args, the variables, common_args, extra_args, the host; ssh takes the first of each. */
        Connection.Ssh ssh(Connection.Become rights) {
            UnusedVars.check(vars, warnings);
            var first = arguments("ansible_ssh_args");
            var second = arguments("ansible_ssh_common_args");
            var third = arguments("ansible_ssh_extra_args");
            var destination = SshDestination.ofHost(
                    vars.text("ansible_host", "ansible_ssh_host").orElse(host));
            refusePortInAddress(destination);
            var port = first.port()
                    .or(() -> vars.port(PORT))
                    .or(second::port)
                    .or(third::port)
                    .or(destination::port);
            var givenUser = first.user()
                    .or(() -> vars.text(USER))
                    .or(second::user)
                    .or(third::user)
                    .or(destination::user);
            var user = givenUser.orElse(surroundings.user());
            var address = first.hostName()
                    .or(second::hostName)
                    .or(third::hostName)
                    .map(name -> name.replace("%h", destination.address()))
                    .orElse(destination.address());
            var keys = keys(List.of(first, second, third), address, user);
            var jumps = first.jumps().or(second::jumps).or(third::jumps);
            var named = new LinkedHashSet<String>();
            first.hostName().or(second::hostName).or(third::hostName).ifPresent(_ -> named.add("hostname"));
            port.ifPresent(_ -> named.add("port"));
            givenUser.ifPresent(_ -> named.add("user"));
            jumps.ifPresent(_ -> named.addAll(Set.of("proxyjump", "proxycommand")));
            if (!keys.isEmpty()) {
                named.add("identityfile");
            }
            config.unread(destination.address(), named).ifPresent(warnings::add);
            jumps.orElse(List.of())
                    .forEach(jump -> config.unread(jump.address(), Set.of()).ifPresent(warnings::add));
            return new Connection.Ssh(
                    address,
                    port.orElse(22),
                    user,
                    keys,
                    vars.text("ansible_ssh_private_key_passphrase").map(Secret::new),
                    vars.text("ansible_password", "ansible_ssh_pass", "ansible_ssh_password")
                            .map(Secret::new),
                    jumps.orElse(List.of()).stream()
                            .map(jump -> jump(jump, keys))
                            .toList(),
                    rights);
        }

        /** ssh itself takes such an address for a name, which then has no address. */
        private void refusePortInAddress(SshDestination destination) {
            var colon = destination.address().lastIndexOf(':');
            if (colon > 0 && destination.address().matches("[^:]+:\\d{1,5}")) {
                vars.find("ansible_host", "ansible_ssh_host")
                        .ifPresent(scalar -> vars.refuse(
                                scalar,
                                "wrong-type",
                                "ansible_host is an address without a port, but this is " + scalar.described(),
                                "write ansible_host=" + destination.address().substring(0, colon) + " and ansible_port="
                                        + destination.address().substring(colon + 1)));
            }
        }

        private List<Path> keys(List<SshArguments> arguments, String address, String user) {
            List<Path> keys = new ArrayList<>();
            arguments.getFirst().identities().forEach(key -> identity(key, address, user, keys));
            vars.text("ansible_ssh_private_key_file", "ansible_private_key_file")
                    .map(surroundings::resolve)
                    .ifPresent(keys::add);
            arguments.stream()
                    .skip(1)
                    .flatMap(each -> each.identities().stream())
                    .forEach(key -> identity(key, address, user, keys));
            return keys.stream().distinct().toList();
        }

        private void identity(String written, String address, String user, List<Path> keys) {
            keys.add(surroundings.resolve(
                    written.replace("%d", surroundings.home().toString())
                            .replace("%u", surroundings.user())
                            .replace("%h", address)
                            .replace("%r", user)));
        }

        private SshArguments arguments(String name) {
            return vars.find(name).map(line -> arguments(name, line)).orElseGet(SshArguments::none);
        }

        private SshArguments arguments(String name, Scalar line) {
            var arguments = SshArguments.parse(line.text());
            for (var refused : arguments.refused()) {
                vars.refuse(
                        line,
                        "ssh-argument",
                        name + " has \"" + refused.argument() + "\", without which another machine could be reached",
                        refused.next());
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
            return arguments;
        }

        private Connection.Ssh jump(Jump jump, List<Path> keys) {
            var user = jump.user().orElse(surroundings.user());
            List<Path> own = new ArrayList<>();
            jump.identities().forEach(key -> identity(key, jump.address(), user, own));
            return new Connection.Ssh(
                    jump.address(),
                    jump.port(),
                    user,
                    own.isEmpty() ? keys : own,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    new Connection.Become.No());
        }
    }
}
