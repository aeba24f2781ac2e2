package dev.runbook.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Configuration for kubeadm, so that it sets up a node as on a real cluster. */
final class KubeadmConfiguration {
    private KubeadmConfiguration() {}

    /**
     * As kubeadm of today writes it where this old one does not: members check their data against each other's at a start.
     *
     * @param watchDrain how long open watches keep an API server alive after SIGTERM; empty as the real one: until SIGKILL
     */
    static String of(NodePlan plan, NodePlan first, Optional<Duration> watchDrain) {
        return """
            apiVersion: kubeadm.k8s.io/v1beta2
            kind: InitConfiguration
            localAPIEndpoint:
              advertiseAddress: %1$s
              bindPort: 6443
            nodeRegistration:
              name: %2$s
              criSocket: /run/containerd/containerd.sock
            ---
            apiVersion: kubeadm.k8s.io/v1beta2
            kind: ClusterConfiguration
            kubernetesVersion: v1.20.2
            imageRepository: registry.k8s.io
            controlPlaneEndpoint: %3$s:6443
            apiServer:
              certSANs:
              - localhost
              - 127.0.0.1
              extraArgs:
                standin-watch-drain: %4$s
            etcd:
              local:
                imageTag: 3.5.16-0
                extraArgs:
                  experimental-initial-corrupt-check: "true"
            """.formatted(
                        plan.address(),
                        plan.name(),
                        first.address(),
                        watchDrain.orElse(Duration.ZERO).toSeconds() + "s");
    }

    /** The {@code --initial-cluster} that {@code kubeadm join} writes on a later node: the members at that moment. */
    static String initialCluster(List<NodePlan> membersSoFar) {
        return membersSoFar.stream()
                .map(plan -> "%s=%s".formatted(plan.name(), peerUrl(plan)))
                .collect(Collectors.joining(","));
    }

    static String peerUrl(NodePlan plan) {
        return "https://" + plan.address() + ":2380";
    }
}
