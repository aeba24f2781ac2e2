package dev.runbook.etcd.config;

/** Manifests as real hosts have them. */
final class SampleManifests {
    private SampleManifests() {}

    /** As kubeadm 1.31 writes it, with an operator's comments. */
    static final String KUBEADM = """
        apiVersion: v1
        kind: Pod
        metadata:
          annotations:
            kubeadm.kubernetes.io/etcd.advertise-client-urls: https://10.0.0.1:2379
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
            - --advertise-client-urls=https://10.0.0.1:2379
            - --cert-file=/etc/kubernetes/pki/etcd/server.crt
            - --client-cert-auth=true
            - --data-dir=/var/lib/etcd   # on its own disk
            - --experimental-initial-corrupt-check=true
            - --initial-advertise-peer-urls=https://10.0.0.1:2380
            - --initial-cluster=cp1=https://10.0.0.1:2380
            - --key-file=/etc/kubernetes/pki/etcd/server.key
            - --listen-client-urls=https://127.0.0.1:2379,https://10.0.0.1:2379
            - --listen-metrics-urls=http://127.0.0.1:2381
            - --name=cp1
            - --peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
            - --snapshot-count=10000
            - --trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
            image: registry.k8s.io/etcd:3.5.15-0
            imagePullPolicy: IfNotPresent
            name: etcd
            volumeMounts:
            - mountPath: /var/lib/etcd
              name: etcd-data
            - mountPath: /etc/kubernetes/pki/etcd
              name: etcd-certs
          hostNetwork: true
          # the folders below are the host's
          volumes:
          - hostPath:
              path: /etc/kubernetes/pki/etcd
              type: DirectoryOrCreate
            name: etcd-certs
          - hostPath:
              path: /srv/etcd
              type: DirectoryOrCreate
            name: etcd-data
        status: {}
        """;

    /** Written by hand: flags in args, apart from their values, in quotes and in flow style. */
    static final String BY_HAND = """
        kind: Pod
        spec:
          volumes: [{name: data, hostPath: {path: "/data/etcd"}}]
          containers:
          - name: etcd
            image: "quay.io/coreos/etcd:v3.4.23"
            env:
            - {name: NODE, value: node-1}
            - name: ETCD_INITIAL_CLUSTER_STATE
              value: existing
            command: ["/usr/local/bin/etcd", "--name", "$(NODE)"]
            args: ['-data-dir=/var/lib/data/etcd', --client-cert-auth, '--listen-client-urls', 'http://0.0.0.0:2379']
            volumeMounts: [{name: data, mountPath: /var/lib/data/}]
        """;
}
