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

    /** For the flag that takes client URLs to listen at: addresses, because etcd does not start with names. */
    String listenClientUrls() {
        return isName() ? "https://0.0.0.0:2379" : "https://127.0.0.1:2379," + clientUrl();
    }

    String listenPeerUrls() {
        return isName() ? "https://0.0.0.0:2380" : peerUrl();
    }

    private boolean isName() {
        return !address.matches("[0-9.]+|.*:.*");
    }

    String peerUrl() {
        return "https://" + address + ":2380";
    }

    String clientUrl() {
        return "https://" + address + ":2379";
    }
}
