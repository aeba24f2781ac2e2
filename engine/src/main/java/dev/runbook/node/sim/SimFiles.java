package dev.runbook.node.sim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Files of a simulated node, in the shape that kubeadm 1.31 and Debian's etcd-server give them. */
final class SimFiles {
    private static final String IMAGES = "registry.k8s.io/";
    private static final String KUBERNETES = "v1.31.4";

    private static final String CERTIFICATE = readCertificate();

    private SimFiles() {}

    /** kubeadm names only the node itself on the first one; here on all. */
    static String etcd(SimHost host, String version) {
        return """
            apiVersion: v1
            kind: Pod
            metadata:
              annotations:
                kubeadm.kubernetes.io/etcd.advertise-client-urls: https://%2$s:2379
              creationTimestamp: null
              labels:
                component: etcd
                tier: control-plane
              name: etcd
              namespace: kube-system
            spec:
              containers:
              - command:
                - etcd
                - --advertise-client-urls=https://%2$s:2379
                - --cert-file=/etc/kubernetes/pki/etcd/server.crt
                - --client-cert-auth=true
                - --data-dir=/var/lib/etcd
                - --initial-advertise-peer-urls=https://%2$s:2380
                - --initial-cluster=%1$s=https://%2$s:2380
                - --key-file=/etc/kubernetes/pki/etcd/server.key
                - --listen-client-urls=%5$s
                - --listen-metrics-urls=http://127.0.0.1:2381
                - --listen-peer-urls=%6$s
                - --name=%1$s
                - --peer-cert-file=/etc/kubernetes/pki/etcd/peer.crt
                - --peer-client-cert-auth=true
                - --peer-key-file=/etc/kubernetes/pki/etcd/peer.key
                - --peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
                - --snapshot-count=10000
                - --trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
                image: %3$setcd:%4$s-0
                imagePullPolicy: IfNotPresent
                name: etcd
                volumeMounts:
                - mountPath: /var/lib/etcd
                  name: etcd-data
                - mountPath: /etc/kubernetes/pki/etcd
                  name: etcd-certs
              hostNetwork: true
              priorityClassName: system-node-critical
              volumes:
              - hostPath:
                  path: /etc/kubernetes/pki/etcd
                  type: DirectoryOrCreate
                name: etcd-certs
              - hostPath:
                  path: /var/lib/etcd
                  type: DirectoryOrCreate
                name: etcd-data
            status: {}
            """.formatted(
                        host.name(), host.address(), IMAGES, version, host.listenClientUrls(), host.listenPeerUrls());
    }

    /** Variables for etcd.service. */
    static String environment(SimHost host, String initialCluster) {
        return """
            ETCD_NAME=%1$s
            ETCD_DATA_DIR=/var/lib/etcd/default
            ETCD_LISTEN_PEER_URLS=%5$s
            ETCD_LISTEN_CLIENT_URLS=%4$s
            ETCD_INITIAL_ADVERTISE_PEER_URLS=https://%2$s:2380
            ETCD_ADVERTISE_CLIENT_URLS=https://%2$s:2379
            ETCD_INITIAL_CLUSTER=%3$s
            ETCD_INITIAL_CLUSTER_STATE=new
            ETCD_CERT_FILE=/etc/etcd/pki/server.crt
            ETCD_KEY_FILE=/etc/etcd/pki/server.key
            ETCD_CLIENT_CERT_AUTH=true
            ETCD_TRUSTED_CA_FILE=/etc/etcd/pki/ca.crt
            ETCD_PEER_CERT_FILE=/etc/etcd/pki/peer.crt
            ETCD_PEER_KEY_FILE=/etc/etcd/pki/peer.key
            ETCD_PEER_CLIENT_CERT_AUTH=true
            ETCD_PEER_TRUSTED_CA_FILE=/etc/etcd/pki/ca.crt
            """.formatted(
                        host.name(), host.address(), initialCluster, host.listenClientUrls(), host.listenPeerUrls());
    }

    /** What systemctl show prints of etcd.service. */
    static Map<String, String> etcdUnit() {
        return Map.of(
                "FragmentPath", "/lib/systemd/system/etcd.service",
                "ExecStart",
                        "{ path=/usr/bin/etcd ; argv[]=/usr/bin/etcd ; ignore_errors=no ; start_time=[n/a] ;"
                                + " stop_time=[n/a] ; pid=0 ; code=(null) ; status=0/0 }",
                "EnvironmentFiles", "/etc/default/etcd (ignore_errors=yes)",
                "User", "etcd");
    }

    /** Manifests by pod. */
    static Map<String, String> controlPlane(SimHost host, String etcdServers) {
        var manifests = new LinkedHashMap<String, String>();
        manifests.put("kube-apiserver", pod("kube-apiserver", """
            - --advertise-address=%1$s
            - --client-ca-file=/etc/kubernetes/pki/ca.crt
            - --etcd-servers=%2$s
            - --secure-port=6443
            """.formatted(host.address(), etcdServers)));
        manifests.put("kube-controller-manager", pod("kube-controller-manager", "- --leader-elect=true\n"));
        manifests.put("kube-scheduler", pod("kube-scheduler", "- --leader-elect=true\n"));
        return manifests;
    }

    private static String pod(String name, String flags) {
        return """
            apiVersion: v1
            kind: Pod
            metadata:
              labels:
                component: %1$s
                tier: control-plane
              name: %1$s
              namespace: kube-system
            spec:
              containers:
              - command:
                - %1$s
            %2$s    image: %3$s%1$s:%4$s
                name: %1$s
              hostNetwork: true
              priorityClassName: system-node-critical
            """.formatted(name, flags.indent(4), IMAGES, KUBERNETES);
    }

    /** Self-signed, of no real subject, valid for a hundred years. */
    static String certificate() {
        return CERTIFICATE;
    }

    private static String readCertificate() {
        try (InputStream in =
                Objects.requireNonNull(SimFiles.class.getResourceAsStream("certificate.pem"), "certificate.pem")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of this library cannot be read", e);
        }
    }
}
