package dev.runbook.etcd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemberConfigTest {
    @Test
    void kubeadmsMemberHasThePathsOfItsHost() throws Exception {
        MemberConfig member = MemberConfig.fromManifest(
                "/etc/kubernetes/manifests/etcd.yaml", StaticPodManifest.parse(SampleManifests.KUBEADM));

        assertThat(member.name()).isEqualTo("cp1");
        assertThat(member.dataDir()).isEqualTo("/srv/etcd");
        assertThat(member.walDir()).isEmpty();
        assertThat(member.initialAdvertisePeerUrls()).containsExactly("https://10.0.0.1:2380");
        assertThat(member.listenClientUrls()).containsExactly("https://127.0.0.1:2379", "https://10.0.0.1:2379");
        assertThat(member.image()).contains("registry.k8s.io/etcd:3.5.15-0");
        assertThat(member.clientTls())
                .contains(new ClientTls(
                        Optional.of("/etc/kubernetes/pki/etcd/ca.crt"),
                        Optional.of(new ClientTls.Identity(
                                "/etc/kubernetes/pki/etcd/healthcheck-client.crt",
                                "/etc/kubernetes/pki/etcd/healthcheck-client.key"))));
    }

    @Test
    void aPodHasFlagsAndVariables() throws Exception {
        MemberConfig member = MemberConfig.fromManifest("/m", StaticPodManifest.parse(SampleManifests.BY_HAND));

        assertThat(member.dataDir()).isEqualTo("/data/etcd/etcd");
        assertThat(member.initialClusterState()).contains("existing");
        assertThat(member.clientTls()).isEmpty();
        assertThat(member.initialAdvertisePeerUrls()).containsExactly("http://localhost:2380");
    }

    @Test
    void aUnitIncludesItsEnvironmentFiles() throws Exception {
        SystemdUnit unit = SystemdUnit.parseUnit("""
            [Service]
            Environment=ETCD_INITIAL_CLUSTER_STATE=new ETCD_DATA_DIR=/var/lib/etcd/default
            EnvironmentFile=/etc/default/etcd
            EnvironmentFile=-/etc/missing
            ExecStart=/usr/bin/etcd --name=flag
            """);
        MemberConfig member = MemberConfig.fromSystemd(
                "etcd.service", unit, Map.of("/etc/default/etcd", EnvironmentFile.parse("""
                    ETCD_INITIAL_CLUSTER_STATE=existing
                    ETCD_WAL_DIR=/wal
                    ETCD_DATA_DIR=
                    ETCD_LISTEN_CLIENT_URLS=https://10.0.0.1:2379
                    ETCD_TRUSTED_CA_FILE=/pki/ca.crt
                    ETCD_CERT_FILE=/pki/server.crt
                    ETCD_KEY_FILE=/pki/server.key
                    ETCD_CLIENT_CERT_AUTH=true
                    """)), Optional.empty());

        assertThat(member.name()).isEqualTo("flag");
        assertThat(member.initialClusterState()).contains("existing");
        assertThat(member.dataDir()).isEqualTo("flag.etcd");
        assertThat(member.walDir()).contains("/wal");
        assertThat(member.clientTls())
                .contains(new ClientTls(
                        Optional.of("/pki/ca.crt"),
                        Optional.of(new ClientTls.Identity("/pki/server.crt", "/pki/server.key"))));
        assertThat(member.source())
                .isEqualTo(new ConfigSource.SystemdService(
                        "etcd.service", List.of("/etc/default/etcd", "/etc/missing"), Optional.empty()));
    }

    @Test
    void aConfigFileReplacesFlagsAndVariables() throws Exception {
        SystemdUnit unit = SystemdUnit.parseUnit(
                "[Service]\nEnvironment=ETCD_CONFIG_FILE=/etc/etcd/etcd.yml\nExecStart=/usr/bin/etcd --name=flag\n");
        ConfigFile file = ConfigFile.parse("""
            data-dir: /data   # the only key
            listen-client-urls: https://10.0.0.1:2379
            client-transport-security:
              cert-file: /pki/server.crt
            peer-transport-security:
              cert-file: /pki/peer.crt
            """);

        assertThat(MemberConfig.configFilePath(unit, Map.of())).contains("/etc/etcd/etcd.yml");
        MemberConfig member = MemberConfig.fromSystemd("etcd.service", unit, Map.of(), Optional.of(file));
        assertThat(member.name()).isEqualTo("default");
        assertThat(member.dataDir()).isEqualTo("/data");
        assertThat(member.clientTls()).contains(new ClientTls(Optional.empty(), Optional.empty()));
        assertThat(member.flags()).containsEntry("peer-cert-file", "/pki/peer.crt");
        assertThatExceptionOfType(ConfigProblem.class)
                .isThrownBy(() -> MemberConfig.fromSystemd("etcd.service", unit, Map.of(), Optional.empty()))
                .withMessageContaining("/etc/etcd/etcd.yml");
        assertThat(file.with("peer-cert-file", "/new")
                        .with("data-dir", "/d2")
                        .with("cert-file", "/c")
                        .text())
                .isEqualTo(file.text()
                        .replace("/pki/peer.crt", "/new")
                        .replace("/data ", "/d2 ")
                        .replace("/pki/server.crt", "/c"));
        assertThat(file.with("client-cert-auth", "true")
                        .with("quota-backend-bytes", "5")
                        .text())
                .isEqualTo(file.text().replace("/pki/server.crt\n", "/pki/server.crt\n  client-cert-auth: true\n")
                        + "quota-backend-bytes: 5\n");
    }
}
