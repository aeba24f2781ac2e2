package dev.runbook.fleet;

import dev.runbook.fleet.NodePlan.NodeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The folder on this machine with a fleet's inventories and keys, and the secrets that its nodes are created with. */
record FleetDirectory(Path path, SshKey login, String sudoPassword) {

    static FleetDirectory create() {
        byte[] password = new byte[12];
        new SecureRandom().nextBytes(password);
        try {
            Path path = Files.createTempDirectory("runbook-fleet-");
            return new FleetDirectory(path, SshKey.generate(), HexFormat.of().formatHex(password));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot create a folder for the fleet", failed);
        }
    }

    /** Plans bare nodes that accept these logins. */
    List<NodePlan> planNodes(String namePrefix, int members, FleetNetwork network) {
        return IntStream.range(0, members)
                .mapToObj(index -> planNode(namePrefix + (index + 1), network.address(index)))
                .toList();
    }

    private NodePlan planNode(String name, String address) {
        SshKey hostKey = SshKey.generate();
        Map<String, NodeFile> files = new LinkedHashMap<>();
        files.put("/etc/ssh/ssh_host_ed25519_key", new NodeFile(hostKey.privateKey(), 0600));
        files.put("/etc/ssh/ssh_host_ed25519_key.pub", new NodeFile(hostKey.publicKey() + "\n", 0644));
        StringBuilder firstBoot = new StringBuilder("echo 'sre:%s' | chpasswd\n".formatted(sudoPassword));
        for (Login user : Login.values()) {
            String authorized = user.home() + "/.ssh/authorized_keys";
            files.put(authorized, new NodeFile(login.publicKey() + "\n", 0600));
            firstBoot.append("chown %1$s:%1$s %2$s\n".formatted(user.user(), authorized));
        }
        return new NodePlan(name, address, SshPorts.free(), hostKey, Map.copyOf(files), firstBoot.toString());
    }

    void write(List<FleetNode> nodes, ControlPlaneLayout controlPlane) {
        StringBuilder knownHosts = new StringBuilder();
        nodes.forEach(node -> knownHosts.append(node.plan().knownHost()));
        write("known_hosts", knownHosts.toString());
        write("id_ed25519", login.privateKey());
        write("sudo-password", sudoPassword + "\n");
        for (Login user : Login.values()) {
            write(user.inventoryFile(), FleetInventory.text(nodes, user, this, controlPlane.hasApiServers()));
        }
        CertificateAuthority.Issued client = controlPlane.etcdAuthority().issue("CN=runbook", List.of(), List.of());
        write("etcd-ca.crt", controlPlane.etcdAuthority().own().certificate());
        write("etcd-client.crt", client.certificate());
        write("etcd-client.key", client.key());
        if (controlPlane.hasApiServers()) {
            write("ca.crt", controlPlane.apiAuthority().own().certificate());
        }
    }

    private void write(String name, String content) {
        try {
            Path file = Files.createFile(
                    path.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, content);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + name + " of the fleet", failed);
        }
    }

    void delete() {
        ImageRecipes.deleteTree(path);
    }
}
