package dev.runbook.fleet;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of a node before it exists.
 *
 * @param files what is laid on its disk before it first boots, by absolute path
 * @param firstBoot lines of sh for its first boot, before systemd starts
 */
record NodePlan(
        String name, String address, int sshPort, SshKey hostKey, Map<String, NodeFile> files, String firstBoot) {

    /** A file of root's. */
    record NodeFile(String content, int mode) {}

    NodePlan with(Map<String, NodeFile> moreFiles, String moreFirstBoot) {
        Map<String, NodeFile> all = new LinkedHashMap<>(files);
        all.putAll(moreFiles);
        return new NodePlan(name, address, sshPort, hostKey, Map.copyOf(all), firstBoot + moreFirstBoot);
    }

    /** The line of known_hosts under which an SSH client finds the node. */
    String knownHost() {
        return "[127.0.0.1]:%d %s%n".formatted(sshPort, hostKey.publicKey());
    }
}
