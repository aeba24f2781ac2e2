package dev.runbook.node.sim;

/**
 * A host of a {@link SimBlueprint}.
 *
 * @param address at which others reach it
 * @param member whether it runs an etcd member
 * @param controlPlane whether it runs an API server, a controller-manager and a scheduler; with a member beside them that
 *     one is a static pod, without them it is a systemd unit
 */
public record SimHost(String name, String address, boolean member, boolean controlPlane) {
    boolean stacked() {
        return member && controlPlane;
    }

    String peerUrl() {
        return "https://" + address + ":2380";
    }

    String clientUrl() {
        return "https://" + address + ":2379";
    }
}
