package dev.runbook.recorded;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.FileFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.facts.ManifestFolder;
import dev.runbook.facts.MemberSource;
import dev.runbook.facts.Silence;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Attributes;
import dev.runbook.model.Problem;
import dev.runbook.plan.FactEdits;
import dev.runbook.plan.SampleFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hosts with one secret in every known place of secrets. */
final class SecretsOnHosts {
    private SecretsOnHosts() {}

    /** A manifest with {@code SECRET} in place of the secret. */
    static final String MANIFEST = """
        apiVersion: v1
        kind: Pod
        metadata:
          annotations: {example.com/api-key: "SECRET", url: https://me:SECRET@example.com/x}
          name: etcd   # the password is SECRET, ask ops
        spec:
          containers:
          - command:
            - etcd
            - --name=cp1
            - --data-dir=/var/lib/etcd
            - --experimental-password=SECRET
            - '--some-token'
            - SECRET
            - --initial-cluster-token=shown
            env:
            - name: ETCD_LOG_LEVEL
              value: info
            - name: DATABASE
              value: SECRET
            - {value: 'SECRET', name: OTHER}
            - name: KEY
              value: |
                -----BEGIN EC PRIVATE KEY-----
                SECRET
                -----END EC PRIVATE KEY-----
            livenessProbe:
              httpGet:
                httpHeaders:
                - name: Authorization
                  value: Bearer SECRET
            lifecycle:
              postStart:
                exec:
                  command: [sh, -c, "login --user x --password SECRET && PASSWORD='SECRET' run"]
            image: registry.k8s.io/etcd:3.5.16-0
            name: etcd
        """;

    static final String ENVIRONMENT = """
        # root's password: SECRET
        ETCD_NAME=etcd1
        ETCD_INITIAL_CLUSTER_TOKEN=shown
        ETCD_ROOT_PASSWORD=SECRET
        DAEMON_ARGS="--data-dir=/d --some-secret=SECRET"
        BACKUP="s3cmd
          SECRET"
        ; token=SECRET
        """;

    static final String CONFIG = "name: etcd1\npassword: SECRET\ndata-dir: /d\n";

    private static final String EXEC_START = "{ path=/usr/bin/etcd ; argv[]=/usr/bin/etcd $DAEMON_ARGS"
            + " --proxy=http://me:SECRET@proxy:3128 --my-password SECRET ; ignore_errors=no ; start_time=[n/a] ; }";

    static ClusterFacts stacked(String secret) {
        var file = new FileFacts(
                "/etc/kubernetes/manifests/etcd.yaml", filled(MANIFEST, secret), new Attributes("0600", 0, 0));
        return FactEdits.on(
                SampleFacts.stacked(),
                "cp1",
                host -> FactEdits.copy(
                        host,
                        Map.of(
                                "manifests",
                                Optional.of(new ManifestFolder("/etc/kubernetes/manifests", List.of(file), List.of())),
                                "member",
                                host.member()
                                        .map(member -> FactEdits.copy(
                                                member,
                                                Map.of(
                                                        "source",
                                                        new MemberSource.StaticPod(file),
                                                        "flags",
                                                        Map.of("name", "cp1", "experimental-password", secret)))))));
    }

    static ClusterFacts external(String secret) {
        var properties = new LinkedHashMap<String, String>();
        properties.put("ExecStart", filled(EXEC_START, secret));
        properties.put("Environment", filled("GOMAXPROCS=2 \"OTHER=a SECRET\" ETCD_TOKEN=SECRET LAST=SECRET", secret));
        var unit = new UnitFacts("etcd.service", properties, false);
        var source = new MemberSource.Unit(
                "etcd.service",
                List.of(file("/etc/default/etcd", filled(ENVIRONMENT, secret))),
                Optional.of(file("/etc/etcd.yml", filled(CONFIG, secret))));
        var problem = Problem.on("etcd1", "member-config", "ExecStart is not read: --password=" + secret, "");
        return FactEdits.on(
                SampleFacts.external(),
                "etcd1",
                host -> FactEdits.copy(
                        host,
                        Map.of(
                                "units",
                                Map.of("etcd.service", unit),
                                "problems",
                                List.of(problem),
                                "member",
                                host.member()
                                        .map(member -> FactEdits.copy(
                                                member,
                                                Map.of(
                                                        "source",
                                                        source,
                                                        "live",
                                                        LiveMember.Silent.because(
                                                                "no answer of https://me:" + secret + "@10.0.0.1:2379",
                                                                Silence.OTHER)))))));
    }

    private static FileFacts file(String path, String text) {
        return new FileFacts(path, text, new Attributes("0644", 0, 0));
    }

    static String filled(String text, String secret) {
        return text.replace("SECRET", secret);
    }
}
