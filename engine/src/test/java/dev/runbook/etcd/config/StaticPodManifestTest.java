package dev.runbook.etcd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class StaticPodManifestTest {
    /** Without its own value, the flag would take the first word of args for one. */
    @Test
    void aValueThatLooksLikeAFlagTakesNoOtherFlagAway() throws ConfigProblem {
        var manifest = StaticPodManifest.parse("""
            kind: Pod
            spec:
              containers:
              - name: etcd
                image: quay.io/coreos/etcd:v3.4.23
                command: [/usr/local/bin/etcd, --name, node-1]
                args: [-data-dir=/var/lib/data/etcd, --client-cert-auth]
            """);
        var changed = manifest.withFlag("name", "--name=y");
        assertThat(changed.flags())
                .containsEntry("name", "--name=y")
                .containsEntry("data-dir", "/var/lib/data/etcd")
                .containsKey("client-cert-auth");
    }

    @Test
    void aCharacterOfTwoHalvesMayBeAnywhere() throws ConfigProblem {
        for (int before = 1000; before < 1100; before++) {
            var comment = "#" + "-".repeat(before) + "\uD83D\uDE00\n";
            assertThat(StaticPodManifest.parse(comment + SampleManifests.KUBEADM)
                            .flags())
                    .as("after %s characters", before)
                    .containsEntry("name", "cp1");
        }
    }

    @Test
    void readsKubeadmsManifest() throws Exception {
        StaticPodManifest manifest = StaticPodManifest.parse(SampleManifests.KUBEADM);

        assertThat(manifest.image()).isEqualTo("registry.k8s.io/etcd:3.5.15-0");
        assertThat(manifest.flags())
                .hasSize(14)
                .containsEntry("name", "cp1")
                .containsEntry("data-dir", "/var/lib/etcd")
                .containsEntry("initial-cluster", "cp1=https://10.0.0.1:2380");
        assertThat(manifest.hostPathOf("/var/lib/etcd/member")).contains("/srv/etcd/member");
        assertThat(manifest.hostPathOf("/var/lib/etcd2")).isEmpty();
        assertThat(manifest.hostPathOf("/tmp")).isEmpty();
    }

    @Test
    void readsFlagsInEverySpelling() throws Exception {
        StaticPodManifest manifest = StaticPodManifest.parse(SampleManifests.BY_HAND);

        assertThat(manifest.flags())
                .containsEntry("name", "node-1")
                .containsEntry("data-dir", "/var/lib/data/etcd")
                .containsEntry("client-cert-auth", "true")
                .containsEntry("listen-client-urls", "http://0.0.0.0:2379");
        assertThat(manifest.hostPathOf("/var/lib/data/etcd")).contains("/data/etcd/etcd");
    }

    @Test
    void aFlagIsReplacedInPlace() throws Exception {
        String all = "cp1=https://10.0.0.1:2380,cp2=https://10.0.0.2:2380";

        assertThat(StaticPodManifest.parse(SampleManifests.KUBEADM)
                        .withFlag("initial-cluster", all)
                        .text())
                .isEqualTo(SampleManifests.KUBEADM.replace(
                        "--initial-cluster=cp1=https://10.0.0.1:2380", "--initial-cluster=" + all));
    }

    @Test
    void aNewFlagFollowsTheLastOne() throws Exception {
        assertThat(StaticPodManifest.parse(SampleManifests.KUBEADM)
                        .withFlag("initial-cluster-state", "existing")
                        .text())
                .isEqualTo(SampleManifests.KUBEADM.replace(
                        "    image: reg", "    - --initial-cluster-state=existing\n    image: reg"));
    }

    @Test
    void aFlagIsRemovedWithItsLine() throws Exception {
        assertThat(StaticPodManifest.parse(SampleManifests.KUBEADM)
                        .withoutFlag("data-dir")
                        .withoutFlag("nothing")
                        .text())
                .isEqualTo(SampleManifests.KUBEADM.replace("    - --data-dir=/var/lib/etcd   # on its own disk\n", ""));
    }

    @Test
    void flowListsAndQuotesStayUnchanged() throws Exception {
        StaticPodManifest manifest = StaticPodManifest.parse(SampleManifests.BY_HAND);

        assertThat(manifest.withFlag("data-dir", "/var/lib/data/it's").text())
                .isEqualTo(SampleManifests.BY_HAND.replace(
                        "'-data-dir=/var/lib/data/etcd'", "'-data-dir=/var/lib/data/it''s'"));
        assertThat(manifest.withFlag("client-cert-auth", "false").text())
                .isEqualTo(SampleManifests.BY_HAND.replace("--client-cert-auth,", "--client-cert-auth=false,"));
        assertThat(manifest.withFlag("name", "x").text())
                .isEqualTo(SampleManifests.BY_HAND.replace("\"$(NODE)\"", "\"x\""));
        assertThat(manifest.withFlag("wal-dir", "/wal").text())
                .isEqualTo(SampleManifests.BY_HAND.replace(
                        "'http://0.0.0.0:2379']", "'http://0.0.0.0:2379', '--wal-dir=/wal']"));
        assertThat(manifest.withoutFlag("listen-client-urls").text())
                .isEqualTo(SampleManifests.BY_HAND.replace(", '--listen-client-urls', 'http://0.0.0.0:2379'", ""));
        assertThat(manifest.withHostPath("data", "/data/etcd-restored").text())
                .isEqualTo(SampleManifests.BY_HAND.replace("\"/data/etcd\"", "\"/data/etcd-restored\""));
    }

    @Test
    void theDataFolderMovesWithItsMount() throws Exception {
        assertThat(StaticPodManifest.parse(SampleManifests.KUBEADM)
                        .withDataDir("/var/lib/etcd-restored")
                        .text())
                .isEqualTo(SampleManifests.KUBEADM
                        .replace("--data-dir=/var/lib/etcd ", "--data-dir=/var/lib/etcd-restored ")
                        .replace("mountPath: /var/lib/etcd\n", "mountPath: /var/lib/etcd-restored\n"));
        StaticPodManifest below = StaticPodManifest.parse(SampleManifests.BY_HAND);
        assertThat(below.withDataDir("/var/lib/data/other").text())
                .isEqualTo(
                        SampleManifests.BY_HAND.replace("data-dir=/var/lib/data/etcd", "data-dir=/var/lib/data/other"));
        assertThat(below.withDataDir("/elsewhere/etcd").text()).contains("mountPath: /elsewhere}");
        assertThatExceptionOfType(ConfigProblem.class)
                .isThrownBy(() -> below.withDataDir("/elsewhere/other"))
                .withMessageContaining("does not end with that");
        assertThatExceptionOfType(ConfigProblem.class)
                .isThrownBy(() -> below.withFlag("wal-dir", "/var/lib/data/wal").withDataDir("/elsewhere/etcd"))
                .withMessageContaining("would move");
    }

    @Test
    void lineEndsAndAMissingLastOneStay() throws Exception {
        String windows = SampleManifests.KUBEADM.replace("\n", "\r\n");
        assertThat(StaticPodManifest.parse(windows).withFlag("a", "b").text())
                .isEqualTo(windows.replace("    image: reg", "    - --a=b\r\n    image: reg"));
        String open = "kind: Pod\nspec:\n  containers:\n  - command:\n    - etcd\n    - --name=a";
        assertThat(StaticPodManifest.parse(open).withFlag("b", "c").text()).isEqualTo(open + "\n    - --b=c");
        assertThat(StaticPodManifest.parse(open)
                        .withFlag("b", "c")
                        .withoutFlag("b")
                        .text())
                .isEqualTo(open);
    }

    @Test
    void anUnsafeEditIsRejected() {
        refuses("kind: Pod\n---\nkind: Pod\n", "2 YAML documents");
        refuses("kind: ConfigMap\n", "it is not a Pod");
        refuses("kind: Pod\nspec: {containers: [{command: [sh, -c, etcd --name=a]}]}\n", "shell script");
        refuses("kind: Pod\nspec: {containers: [{command: [etcd, &n --name=a]}]}\n", "anchor");
        refuses("x: &n --name=a\nkind: Pod\nspec: {containers: [{command: [etcd, *n]}]}\n", "anchor");
        refuses("kind: Pod\nspec: &s {containers: [{command: [etcd, --name=a]}]}\n", "anchor");
        refuses("kind: Pod\nspec: {containers: [{command: [etcd, '--name={{ name }}']}]}\n", "template");
        refuses(
                "kind: Pod\nspec:\n  containers:\n  - command:\n    - etcd\n    - |-\n      --name=a\n",
                "block scalar");
        refuses("kind: Pod\nkind: Pod\n", "twice");
        refuses("kind: Pod\n<<: {spec: 1}\n", "merged keys");
        refuses("kind: [Pod\n", "not YAML");
        refuses("", "0 YAML documents");
    }

    private static void refuses(String yaml, String why) {
        assertThatExceptionOfType(ConfigProblem.class)
                .isThrownBy(() -> StaticPodManifest.parse(yaml).withFlag("name", "b"))
                .withMessageContaining(why);
    }
}
