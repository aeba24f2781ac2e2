package dev.runbook.plan;

import dev.runbook.facts.CertificateFacts;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.DataFacts;
import dev.runbook.facts.FileFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.facts.ManifestFolder;
import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Answer;
import dev.runbook.model.Attributes;
import dev.runbook.model.EtcdAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Facts of healthy clusters of three members, as a survey gives them. */
public final class SampleFacts {
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final List<String> TOOLS =
            List.of("sha256sum", "flock", "setsid", "timeout", "dd", "mv", "systemctl");
    private static final List<String> API_PARTS =
            List.of("kube-apiserver", "kube-controller-manager", "kube-scheduler");

    private SampleFacts() {}

    /** kubeadm: static pods, etcd in its image only. */
    public static ClusterFacts stacked() {
        var hosts = new LinkedHashMap<String, HostFacts>();
        for (int number = 1; number <= 3; number++) {
            hosts.put("cp" + number, stackedHost(number));
        }
        return new ClusterFacts(
                hosts, Map.of("etcd", List.copyOf(hosts.keySet()), "kube_control_plane", List.copyOf(hosts.keySet())));
    }

    /** etcd.service with its flags in an environment file, tools on the host; API servers on two hosts of their own. */
    public static ClusterFacts external() {
        var hosts = new LinkedHashMap<String, HostFacts>();
        for (int number = 1; number <= 3; number++) {
            hosts.put("etcd" + number, externalHost(number));
        }
        for (int number = 8; number <= 9; number++) {
            hosts.put("cp" + number, apiServerHost(number));
        }
        return new ClusterFacts(
                hosts, Map.of("etcd", List.of("etcd1", "etcd2", "etcd3"), "kube_control_plane", List.of("cp8", "cp9")));
    }

    private static HostFacts apiServerHost(int number) {
        var name = "cp" + number;
        return host(
                name,
                "crictl",
                Optional.of(manifests(API_PARTS, number)),
                Map.of("kubelet.service", unit("kubelet.service", Map.of())),
                containers(API_PARTS, name),
                Optional.empty());
    }

    private static ManifestFolder manifests(List<String> pods, int number) {
        return new ManifestFolder(
                "/etc/kubernetes/manifests",
                pods.stream()
                        .map(pod -> new FileFacts(
                                "/etc/kubernetes/manifests/" + pod + ".yaml",
                                manifest(pod, number),
                                new Attributes("0600", 0, 0)))
                        .toList(),
                List.of());
    }

    private static List<Answer.Container> containers(List<String> pods, String host) {
        return pods.stream()
                .map(pod -> new Answer.Container(pod + "-id", pod, pod + "-" + host, "image"))
                .toList();
    }

    private static HostFacts stackedHost(int number) {
        var name = "cp" + number;
        var manifests =
                manifests(Stream.concat(Stream.of("etcd"), API_PARTS.stream()).toList(), number);
        var member = new MemberFacts(
                name,
                List.of("https://10.0.0." + number + ":2380"),
                List.of("https://10.0.0." + number + ":2379"),
                access("/etc/kubernetes/pki/etcd/"),
                new MemberSource.StaticPod(manifests.manifests().getFirst()),
                Map.of("name", name),
                Optional.of("registry.k8s.io/etcd:3.5.16-0"),
                data("/var/lib/etcd", 0),
                Optional.empty(),
                live(number, "cp", List.of("10.0.0.1", "10.0.0.2", "10.0.0.3")));
        return host(
                name,
                "ctr",
                Optional.of(manifests),
                Map.of("kubelet.service", unit("kubelet.service", Map.of())),
                containers(Stream.concat(Stream.of("etcd"), API_PARTS.stream()).toList(), name),
                Optional.of(member));
    }

    private static HostFacts externalHost(int number) {
        var name = "etcd" + number;
        var environment = new FileFacts(
                "/etc/default/etcd",
                "# flags\nETCD_NAME=" + name + "\nETCD_DATA_DIR=/var/lib/etcd/default\nETCD_INITIAL_CLUSTER=" + name
                        + "=https://10.0.0." + number + ":2380\n",
                new Attributes("0644", 0, 0));
        var member = new MemberFacts(
                name,
                List.of("https://10.0.0." + number + ":2380"),
                List.of("https://10.0.0." + number + ":2379"),
                access("/etc/etcd/pki/"),
                new MemberSource.Unit("etcd.service", List.of(environment), Optional.empty()),
                Map.of("name", name),
                Optional.empty(),
                data("/var/lib/etcd/default", 104),
                Optional.empty(),
                live(number, "etcd", List.of("10.0.0.8", "10.0.0.9")));
        return host(
                name,
                "etcdutl",
                Optional.empty(),
                Map.of(
                        "etcd.service",
                        unit(
                                "etcd.service",
                                Map.of(
                                        "ExecStart",
                                        "{ path=/usr/bin/etcd ; argv[]=/usr/bin/etcd ; ignore_errors=no ;"
                                                + " start_time=[n/a] ; }",
                                        "EnvironmentFiles",
                                        "/etc/default/etcd (ignore_errors=yes)"))),
                List.of(),
                Optional.of(member));
    }

    private static HostFacts host(
            String name,
            String tool,
            Optional<ManifestFolder> manifests,
            Map<String, UnitFacts> units,
            List<Answer.Container> containers,
            Optional<MemberFacts> member) {
        var tools = new LinkedHashMap<String, Answer.Tool>();
        TOOLS.forEach(each -> tools.put(each, new Answer.Tool("/usr/bin/" + each, "")));
        tools.put(tool, new Answer.Tool("/usr/bin/" + tool, tool + " version: 3.5.16"));
        return new HostFacts(
                name,
                new Answer.Identity("root", 0, name, NOW),
                Duration.ZERO,
                tools,
                manifests,
                units,
                containers,
                member,
                List.of(new CertificateFacts("/pki/ca.crt", "CN=ca", NOW.plus(Duration.ofDays(365)))),
                List.of(),
                Optional.empty());
    }

    static UnitFacts unit(String unit, Map<String, String> properties) {
        var all = new LinkedHashMap<>(properties);
        all.put("LoadState", "loaded");
        all.put("ActiveState", "active");
        return new UnitFacts(unit, all, false);
    }

    private static EtcdAccess access(String folder) {
        return new EtcdAccess(
                "127.0.0.1",
                2379,
                Optional.of(new EtcdAccess.TlsFiles(
                        Optional.of(folder + "ca.crt"),
                        Optional.of(new EtcdAccess.Identity(
                                folder + "healthcheck-client.crt", folder + "healthcheck-client.key")))));
    }

    public static DataFacts data(String path, int uid) {
        return new DataFacts(
                path,
                true,
                new Attributes("0700", uid, uid),
                false,
                Optional.empty(),
                1 << 20,
                64 << 20,
                1L << 33,
                true);
    }

    private static LiveMember live(int number, String prefix, List<String> apiServers) {
        var peers = IntStream.rangeClosed(1, 3)
                .mapToObj(peer -> new LiveMember.Peer(
                        "a" + peer, prefix + peer, List.of("https://10.0.0." + peer + ":2380"), false))
                .toList();
        return new LiveMember.Answers(
                "a" + number, "c1", Optional.of("a1"), "3.5.16", 500, peers, List.of(), apiServers);
    }

    /** Formatted as by kubeadm; the first node's initial cluster is itself alone. */
    private static String manifest(String pod, int number) {
        if (!pod.equals("etcd")) {
            return "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - command:\n    - " + pod
                    + "\n    - --advertise-address=10.0.0." + number + "\n    name: " + pod + "\n";
        }
        return """
            apiVersion: v1
            kind: Pod
            metadata:
              name: etcd
              namespace: kube-system
            spec:
              containers:
              - command:
                - etcd
                - --name=cp%1$d
                - --data-dir=/var/lib/etcd   # kubeadm's
                - --initial-advertise-peer-urls=https://10.0.0.%1$d:2380
                - --initial-cluster=cp%1$d=https://10.0.0.%1$d:2380
                image: registry.k8s.io/etcd:3.5.16-0
                name: etcd
                volumeMounts:
                - mountPath: /var/lib/etcd
                  name: etcd-data
              hostNetwork: true
              volumes:
              - hostPath:
                  path: /var/lib/etcd
                  type: DirectoryOrCreate
                name: etcd-data
            """.formatted(number);
    }
}
