package dev.runbook.survey;

import static dev.runbook.survey.SurveyedHost.external;
import static dev.runbook.survey.SurveyedHost.resource;
import static dev.runbook.survey.SurveyedHost.stacked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.facts.MemberFacts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations from the field: read as etcd reads them, or a problem of the host that says why not. */
class MemberSurveyTest {
    private static final Map<String, String> CENTOS = Map.of("/etc/etcd/etcd.conf", resource("etcd.conf"));
    private static final String NODE_IP = "KUBELET_KUBEADM_ARGS=\"--hostname-override=cp1 --node-ip=192.0.2.11\"\n";

    private static MemberFacts member(SurveyedHost host) {
        var facts = host.survey();
        assertThat(facts.problems()).isEmpty();
        return facts.member().orElseThrow();
    }

    private static void assertRefused(SurveyedHost host, String... words) {
        var facts = host.survey();
        assertThat(facts.member()).isEmpty();
        assertThat(facts.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("member-config");
            assertThat(problem.summary()).contains(words);
        });
    }

    private static String command(String argv) {
        return "ExecStart={ path=" + argv.split(" ", -1)[0] + " ; argv[]=" + argv + " ; ignore_errors=no ; pid=0 }\n";
    }

    private static String manifest(String before, String after) {
        return resource("fieldref-name.yaml").replace("$(NODE_NAME)", "cp1").replace(before, after);
    }

    @Test
    void theNodesNameIsThatOfItsPods() {
        var host = stacked(resource("fieldref-name.yaml"));

        assertThat(member(host.running("etcd-cp1.example")).name()).isEqualTo("cp1.example");
        // Without pods the kubelet's, which is the host's name in small letters.
        assertThat(member(host).name()).isEqualTo("node-1");
    }

    @Test
    void aVariableNamedAsAFlagMayComeFromTheNode() {
        var manifest = resource("envflags.yaml")
                .replace("      value: \"cp1\"", "      valueFrom: {fieldRef: {fieldPath: spec.nodeName}}");

        assertThat(member(stacked(manifest).running("kube-apiserver-cp1")).name())
                .isEqualTo("cp1");
        assertRefused(
                stacked(manifest.replace("spec.nodeName", "metadata.uid")),
                "ETCD_NAME comes from fieldRef metadata.uid",
                "cannot be told");
    }

    @Test
    void theNodesAddressIsThatOfItsKubelet() {
        var host = stacked(resource("fieldref-ip.yaml"));

        assertRefused(host, "--initial-advertise-peer-urls is https://$(POD_IP):2380", "fieldRef status.podIP");
        var told = new SurveyedHost(
                Map.of(
                        SurveyedHost.MANIFEST,
                        resource("fieldref-ip.yaml"),
                        "/var/lib/kubelet/kubeadm-flags.env",
                        NODE_IP),
                host.units(),
                host.pods(),
                host.tools());
        assertThat(member(told).peerUrls()).containsExactly("https://192.0.2.11:2380");
        assertThat(member(told).access().host()).isEqualTo("192.0.2.11");
    }

    @Test
    void aHostNameMayHaveUnderscoresButEtcdListensOnAddresses() {
        var member = member(stacked(resource("underscore.yaml")
                .replace("--listen-client-urls=https://etcd_1", "--listen-client-urls=https://192.0.2.11")));

        assertThat(member.peerUrls()).containsExactly("https://etcd_1:2380");
        assertThat(member.clientUrls()).containsExactly("https://etcd_1:2379");
        assertRefused(
                stacked(resource("underscore.yaml")), "--listen-client-urls has 'https://etcd_1:2379'", "not on names");
    }

    @Test
    void flagsMayAllBeInExecStart() {
        var member = member(external(resource("kthw.show"), Map.of()));

        assertThat(member.name()).isEqualTo("c0");
        assertThat(member.data().path()).isEqualTo("/var/lib/etcd");
        assertThat(member.flags()).containsEntry("client-cert-auth", "true");
    }

    @Test
    void theShellLineOfCentosIsReadThroughItsEnvironmentFile() {
        var host = external(resource("rhel.show"), CENTOS);

        assertThat(member(host).name()).isEqualTo("etcd1");
        assertThat(member(host).data().path()).isEqualTo("/var/lib/etcd/default.etcd");
        assertThat(member(host.tool("etcd", "/usr/bin/etcd", "etcd Version: 3.3.11"))
                        .name())
                .isEqualTo("etcd1");
        // Its flags repeat variables, with which later releases do not start.
        assertRefused(host.tool("etcd", "/usr/bin/etcd", "etcd Version: 3.5.16"), "ETCD_", "beside the variable");
        assertThat(member(external(
                                        command("/bin/bash -c GOMAXPROCS=$(nproc) /usr/bin/etcd")
                                                + "EnvironmentFiles=/etc/etcd/etcd.conf (ignore_errors=no)\n",
                                        CENTOS)
                                .tool("etcd", "/usr/bin/etcd", "etcd Version: 3.5.16"))
                        .name())
                .isEqualTo("etcd1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bin/sh -c exec etcd --name=$(hostname)",
                "/bin/bash /usr/local/bin/start-etcd.sh",
                "/bin/bash -c GOMAXPROCS=$(nproc) /usr/bin/etcd --name=${OTHER}",
                "/bin/bash -c rm -rf /x; /usr/bin/etcd",
                "/bin/busybox sh -c etcd"
            })
    void otherShellLinesAreRefused(String argv) {
        assertRefused(external(command(argv), Map.of()), "runs a shell");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "podman", "nerdctl", "ctr", "rkt", "systemd-nspawn"})
    void containerRuntimesAreRefused(String runtime) {
        assertRefused(
                external(command("/usr/bin/" + runtime + " run --name n1 etcd --data-dir /d"), Map.of()),
                "runs " + runtime + ", a container runtime");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/usr/bin/env GOMAXPROCS=2 ETCD_DATA_DIR=/d /usr/bin/etcd",
                "/usr/bin/env -u ETCD_DATA_DIR -- /usr/local/bin/etcd-3.5.16 --data-dir=/d",
                "/usr/bin/numactl --cpunodebind 0 -m 0 /usr/bin/etcd --data-dir /d",
                "/usr/bin/nice -n -5 /usr/bin/etcd --data-dir=/d",
                "/usr/bin/chrt -f 10 /usr/bin/etcd --data-dir=/d",
                "/usr/bin/taskset -c 0-3 /usr/bin/etcd --data-dir=/d",
                "/usr/bin/setpriv --reuid etcd --clear-groups /usr/bin/etcd --data-dir=/d",
                "/usr/bin/sudo -u etcd /usr/bin/etcd --data-dir=/d",
                "/usr/sbin/runuser -u etcd -- /usr/bin/etcd --data-dir=/d",
                "/usr/bin/dumb-init -- /usr/bin/etcd --data-dir=/d",
                "/usr/bin/tini -g -- /usr/bin/nice /usr/bin/etcd --data-dir=/d"
            })
    void wrappersAreSeenThrough(String argv) {
        assertThat(member(external(command(argv), Map.of())).data().path()).isEqualTo("/d");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/usr/sbin/runuser etcd -c etcd | runs runuser without -u",
                "/usr/bin/numactl --hardware etcd | an option that is not known",
                "/usr/local/bin/etcd-wrapper --name=a | runs etcd-wrapper, which is neither etcd nor a wrapper",
                "/usr/bin/env ETCD_NAME=a /usr/bin/etcd --name=a --data-dir=/d | beside the variable ETCD_NAME",
                "/usr/bin/etcd --data-dir=/d --pre-vote=yes | --pre-vote is 'yes' instead of true or false",
                "/usr/bin/etcd --data-dir=/d --pre-vote true | 'true' in its command line is not a flag",
                "/usr/bin/etcd --data-dir=/d --name | --name needs a value",
                "/usr/bin/etcd --data-dir=/d --nonsense=1 | etcd 3.7.1 has no flag --nonsense",
                "/usr/bin/etcd --data-dir=/d --experimental-initial-corrupt-check | only etcd 3.4, 3.5, 3.6 have",
                "/usr/bin/etcd --data-dir=/d --advertise-client-urls=https://a | does not have the form"
            })
    void whatNoEtcdStartsWithIsRefused(String argv, String reason) {
        assertRefused(external(command(argv), Map.of()).tool("etcd", "/usr/bin/etcd", "etcd Version: 3.7.1"), reason);
    }

    @Test
    void aScriptNamedEtcdIsRefused() {
        assertRefused(
                external(
                        command("/usr/local/bin/etcd --name=a"),
                        Map.of("/usr/local/bin/etcd", "#!/bin/bash\ndocker run etcd\n")),
                "/usr/local/bin/etcd, a script");
    }

    @Test
    void aFlagBesideItsVariableIsRefusedInAPodToo() {
        assertRefused(
                stacked(resource("envflags.yaml").replace("command: [etcd]", "command: [etcd, --name=cp1]")),
                "--name is given beside the variable ETCD_NAME");
        assertRefused(
                stacked(manifest("etcd:3.5.16-0", "etcd:3.4.9")
                        .replace("    - etcd\n", "    - etcd\n    - --raft-read-timeout=5s\n")),
                "etcd 3.4.9 does not start with --raft-read-timeout");
    }

    @Test
    void aTrailingSeparatorIsNoSecondDocument() {
        assertThat(member(stacked(manifest("status: {}\n", "status: {}\n---\n")))
                        .name())
                .isEqualTo("cp1");
        assertThat(member(stacked(manifest("status: {}\n", "status: {}\n---\n# none\n---\n")))
                        .name())
                .isEqualTo("cp1");
        assertRefused(stacked(manifest("status: {}\n", "---\nkind: Pod\n")), "2 YAML documents");
        assertRefused(stacked("---\n---\n" + manifest("", "")), "2 YAML documents");
    }

    /** Whoever checks for it need not know how it is written. */
    @ParameterizedTest
    @ValueSource(strings = {"--force-new-cluster", "--force-new-cluster=1", "-force-new-cluster=t"})
    void booleansAreTrueOrFalse(String flag) {
        assertThat(member(external(command("/usr/bin/etcd --data-dir=/d " + flag), Map.of()))
                        .flags())
                .containsEntry("force-new-cluster", "true");
        assertThat(member(external(
                                command("/usr/bin/etcd --data-dir=/d") + "Environment=ETCD_FORCE_NEW_CLUSTER=T\n",
                                Map.of()))
                        .flags())
                .containsEntry("force-new-cluster", "true");
    }
}
