package dev.runbook.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fleet")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before every test
class StackedFleetTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    private Fleet fleet;

    @BeforeAll
    void startFleet() {
        fleet = Fleet.stackedUntilKilled(3);
    }

    @AfterAll
    void closeFleet() {
        List<String> volumes = volumes();
        assertThat(volumes).hasSize(6);

        fleet.close();

        var left = Docker.client().listVolumesCmd().exec().getVolumes();
        assertThat(
                        left == null
                                ? List.of()
                                : left.stream()
                                        .map(InspectVolumeResponse::getName)
                                        .toList())
                .doesNotContainAnyElementsOf(volumes);
        for (FleetNode node : fleet.nodes()) {
            assertThat(Docker.client().listContainersCmd().withShowAll(true).exec())
                    .noneMatch(container -> container.getId().equals(node.containerId()));
        }
    }

    @Test
    void servesAConfigMapOnEveryNodesAddress() {
        FleetNode first = fleet.nodes().getFirst();
        fleet.api(first, "PUT", CONFIG_MAPS + "/colours", "{\"data\":{\"sky\":\"blue\"}}")
                .require("put");

        for (FleetNode node : fleet.nodes()) {
            assertThat(fleet.api(node, "GET", CONFIG_MAPS + "/colours", "").require("get"))
                    .contains("\"sky\":\"blue\"");
            assertThat(fleet.api(node, "GET", CONFIG_MAPS, "").require("list")).contains("ConfigMapList", "colours");
        }
        assertThat(fleet.get("/registry/configmaps/default/colours")).isPresent();
        fleet.api(first, "DELETE", CONFIG_MAPS + "/colours", "").require("delete");
        assertThat(fleet.api(first, "GET", CONFIG_MAPS + "/colours", "").succeeded())
                .isFalse();
    }

    @Test
    void keepsALeaseForEachApiServer() {
        for (FleetNode node : fleet.nodes()) {
            assertThat(fleet.get("/registry/masterleases/" + node.address())).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"})
    void theKubeletRestartsAKilledContainer(String component) {
        FleetNode node = fleet.node("cp2");
        String before = container(node, component);

        node.exec("crictl stop " + before).require("stop");

        Polling.until(component + " restarted", SOON, () -> {
            String now = container(node, component);
            return now.isEmpty() || now.equals(before) ? "container '" + now + "'" : "";
        });
        fleet.awaitHealthy(SOON);
    }

    @Test
    void stopsAPodWhoseManifestIsMovedAway() {
        FleetNode node = fleet.node("cp3");

        node.exec("mv /etc/kubernetes/manifests/etcd.yaml /root/").require("move away");
        Polling.until("etcd stopped", SOON, () -> container(node, "etcd"));
        node.exec("mv /root/etcd.yaml /etc/kubernetes/manifests/").require("move back");

        fleet.awaitHealthy(SOON);
    }

    /** On one node only: the other API servers answer, but none of them is the one that this kubelet asks. */
    @Test
    void aKubeletThatWasRestartedWithoutAnApiServerRemovesNoPod() {
        FleetNode node = fleet.node("cp2");
        node.exec("mkdir -p /root/away && mv /etc/kubernetes/manifests/kube-apiserver.yaml /root/away/")
                .require("move away");
        Polling.until("API server stopped", SOON, () -> container(node, "kube-apiserver"));

        node.exec("systemctl restart kubelet && sleep 3 && mv /etc/kubernetes/manifests/kube-scheduler.yaml /root/away/"
                        + " && sleep 20")
                .require("restart the kubelet, move another manifest away");
        assertThat(container(node, "kube-scheduler")).isNotEmpty();

        node.exec("mv /root/away/kube-apiserver.yaml /etc/kubernetes/manifests/")
                .require("move back");
        Polling.until("scheduler stopped", SOON, () -> container(node, "kube-scheduler"));
        node.exec("mv /root/away/*.yaml /etc/kubernetes/manifests/").require("move back");
        fleet.awaitHealthy(SOON);
    }

    /** Its port closes at once, and its watches keep it alive until it is killed. */
    @Test
    void anApiServerIsKilledWhenItsGraceIsOver() {
        FleetNode node = fleet.node("cp1");
        String before = container(node, "kube-apiserver");
        node.exec("mv /etc/kubernetes/manifests/kube-apiserver.yaml /root/ && sleep 8")
                .require("move away");

        assertThat(fleet.api(node, "GET", "/livez", "").succeeded()).isFalse();
        assertThat(container(node, "kube-apiserver")).isEqualTo(before);
        Polling.until("API server stopped", SOON, () -> container(node, "kube-apiserver"));
        node.exec("mv /root/kube-apiserver.yaml /etc/kubernetes/manifests/").require("move back");
        fleet.awaitHealthy(SOON);
    }

    @Test
    void hasPartialMemberListsInTheManifestsAsWithKubeadm() {
        assertThat(initialCluster("cp1")).contains("cp1=").doesNotContain("cp2=", "cp3=");
        assertThat(initialCluster("cp2")).contains("cp1=", "cp2=").doesNotContain("cp3=");
        assertThat(initialCluster("cp3")).contains("cp1=", "cp2=", "cp3=");
    }

    @Test
    void hasNoEtcdToolsOutsideTheContainer() {
        assertThat(fleet.node("cp1").exec("command -v etcd etcdctl etcdutl").stdout())
                .isEmpty();
    }

    @Test
    void recoversFromAPowerCut() {
        FleetNode node = fleet.node("cp3");
        fleet.put("before", "the cut");

        node.kill();
        node.start();
        fleet.awaitHealthy(SOON);

        assertThat(fleet.get(node, "before")).contains("the cut");
    }

    @Test
    void renamesAFolderAsOnARealDisk() {
        FleetNode node = fleet.node("cp1");

        assertThat(node.exec("mkdir -p /var/lib/a/b && mv -T /var/lib/a /var/lib/c && ls /var/lib/c")
                        .stdout())
                .isEqualTo("b\n");
    }

    private String initialCluster(String node) {
        return fleet.node(node)
                .exec("grep -- --initial-cluster= /etc/kubernetes/manifests/etcd.yaml")
                .require("manifest of " + node);
    }

    private static String container(FleetNode node, String component) {
        return node.exec("crictl ps -q --label io.kubernetes.container.name=" + component)
                .stdout()
                .strip();
    }

    private List<String> volumes() {
        return fleet.nodes().stream()
                .map(node ->
                        Docker.client().inspectContainerCmd(node.containerId()).exec())
                .flatMap(container -> Stream.ofNullable(container.getMounts()).flatMap(List::stream))
                .map(mount -> mount.getName())
                .filter(Objects::nonNull)
                .toList();
    }
}
