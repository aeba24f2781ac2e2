package dev.runbook.fleet;

import java.util.List;

/** The inventory of a fleet in Ansible's form. */
final class FleetInventory {
    private FleetInventory() {}

    static String text(List<FleetNode> nodes, Login login, FleetDirectory directory, boolean apiServers) {
        StringBuilder text =
                new StringBuilder("""
                    all:
                      vars:
                        ansible_user: %s
                        ansible_ssh_private_key_file: %s
                    """.formatted(login.user(), directory.path().resolve("id_ed25519")));
        if (login != Login.ROOT) {
            text.append("    ansible_become: true\n");
        }
        if (login == Login.SRE) {
            text.append("    ansible_become_password: \"%s\"\n".formatted(directory.sudoPassword()));
        }
        text.append("  children:\n    etcd:\n      hosts:\n");
        for (FleetNode node : nodes) {
            text.append("""
                        %s:
                          ansible_host: 127.0.0.1
                          ansible_port: %d
                          etcd_address: %s
                """.formatted(node.name(), node.sshPort(), node.address()));
        }
        if (apiServers) {
            text.append("    kube_control_plane:\n      hosts:\n");
            nodes.forEach(node -> text.append("        %s: {}\n".formatted(node.name())));
        } else {
            // Runbooks name the group, so it exists, without hosts.
            text.append("    kube_control_plane: {hosts: {}}\n");
        }
        return text.toString();
    }
}
