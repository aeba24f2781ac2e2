package dev.runbook.model;

import java.util.List;

/** The program on a node that restores snapshots. Which one does depends on etcd's version (3.4: etcdctl). */
public sealed interface EtcdTool {
    /** Its name: {@code etcdutl} or {@code etcdctl}. */
    String program();

    /** A binary on the node itself. */
    record OnHost(String program, String path) implements EtcdTool {}

    /**
     * Inside the etcd image, which a kubeadm node has in containerd's {@code k8s.io} namespace; run through {@code ctr},
     * since the image has no shell and the etcd container may be down.
     */
    record InImage(String program, String image) implements EtcdTool {}

    /** How a plan shows it. */
    default List<String> shown() {
        return switch (this) {
            case OnHost(var program, var path) -> List.of(path.isEmpty() ? program : path);
            case InImage(var program, var image) -> List.of("ctr", "run", image, program);
        };
    }
}
