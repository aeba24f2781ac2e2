package dev.runbook.load.inventory;

import dev.runbook.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Variables of Ansible's connection plugins that are not used here: refused where another machine could be reached. */
final class UnusedVars {
    private static final Map<String, String> WARNED = Map.of(
            "ansible_ssh_pkcs11_provider", "load the key into ssh-agent, which is asked",
            "ansible_ssh_private_key", "name a file with ansible_ssh_private_key_file",
            "ansible_private_key", "name a file with ansible_ssh_private_key_file",
            "ansible_ssh_timeout", "set it for all hosts with --connect-timeout SECONDS",
            "ansible_host_key_checking", "add the host keys to known_hosts, because they are always checked",
            "ansible_ssh_host_key_checking", "add the host keys to known_hosts, because they are always checked");

    private UnusedVars() {}

    static void check(ConnectionVars vars, List<Problem> warnings) {
        vars.find("ansible_ssh_executable")
                .filter(program ->
                        !program.text().equals("ssh") && !program.text().endsWith("/bin/ssh"))
                .ifPresent(program -> vars.refuse(
                        program,
                        "ssh-argument",
                        "ansible_ssh_executable is " + program.text()
                                + ", but no program is started to connect, and another machine could be reached",
                        "write what it adds as ansible_ssh_common_args"));
        vars.find("ansible_paramiko_proxy_command")
                .ifPresent(command -> vars.refuse(
                        command,
                        "ssh-argument",
                        "ansible_paramiko_proxy_command is given, without which another machine could be reached",
                        "write the jump host as ansible_ssh_common_args='-J user@host'"));
        new TreeMap<>(WARNED)
                .forEach((name, next) -> vars.place(name)
                        .ifPresent(place ->
                                warnings.add(Problem.at(place, "unused-variable", name + " has no effect here", next)
                                        .asWarning())));
    }
}
