package dev.runbook.etcd.config;

import java.util.Optional;

/**
 * What a static pod's {@code fieldRef} variables stand for on one node.
 *
 * @param nodeName name of the node, as its kubelet registers it
 * @param address of the node, which is that of a pod with {@code hostNetwork}
 */
public record PodFields(Optional<String> nodeName, Optional<String> address) {
    public static final PodFields UNKNOWN = new PodFields(Optional.empty(), Optional.empty());

    /** The value of a field path; empty where it cannot be told. */
    Optional<String> value(String fieldPath, boolean hostNetwork, String podName, String namespace) {
        return switch (fieldPath) {
            case "spec.nodeName" -> nodeName;
            case "status.hostIP" -> address;
            case "status.podIP" -> address.filter(known -> hostNetwork);
            case "metadata.namespace" -> Optional.of(namespace).filter(name -> !name.isEmpty());
            // The kubelet adds the node's name to that of a static pod.
            case "metadata.name" -> nodeName.map(node -> podName + "-" + node);
            default -> Optional.empty();
        };
    }
}
