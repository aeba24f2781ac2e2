package dev.runbook.fleet;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that a node is created from.
 *
 * @param files files on its disk before the first boot, by absolute path
 * @param firstBoot lines of sh for its first boot, before systemd starts
 */
record NodePlan(
        String name, String address, int sshPort, SshKey hostKey, Map<String, NodeFile> files, String firstBoot) {

    /** A file owned by root. */
    record NodeFile(String content, int mode) {}

    NodePlan with(Map<String, NodeFile> moreFiles, String moreFirstBoot) {
        Map<String, NodeFile> all = new LinkedHashMap<>(files);
        all.putAll(moreFiles);
        return new NodePlan(name, address, sshPort, hostKey, Map.copyOf(all), firstBoot + moreFirstBoot);
    }

    /** The node's line of known_hosts. */
    String knownHost() {
        return "[127.0.0.1]:%d %s%n".formatted(sshPort, hostKey.publicKey());
    }
}
