package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlane;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.FleetGuard;
import dev.runbook.cli.testing.MemberExits;
import dev.runbook.cli.testing.Program;
import dev.runbook.cli.testing.ProgramResult;
import dev.runbook.cli.testing.RunbookText;
import dev.runbook.fleet.FleetNode;
import dev.runbook.fleet.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Restores of static pods under a real kubelet, one after the other on the same control plane. */
@Tag("fleet")
@ExtendWith(FleetGuard.class)
@ResourceLock(ControlPlanes.STACKED_FLEET)
@SuppressWarnings("NullAway.Init") // set before every test
class RestoreStackedTest {
    private static final Path SHIPPED = Program.shipped("restore.yml");

    @TempDir
    private Path folder;

    private ControlPlane controlPlane;
    private Program program;
    private Path snapshot;
    private String before;
    private String after;

    @BeforeEach
    void backUp() {
        controlPlane = ControlPlanes.stacked();
        program = new Program(folder.resolve("state"));
        controlPlane.awaitSettled();
        before = controlPlane.writeNew("before");
        snapshot = controlPlane.backUp(program, folder.resolve("backup.db"), Login.OPS);
        after = controlPlane.writeNew("after");
    }

    @Test
    void restoresABackupAndRollsBack() {
        var exits = MemberExits.from(controlPlane);
        var restored = restore(SHIPPED, Login.ROOT);
        assertThat(exits.end().values())
                .allSatisfy(status -> assertThat(status).hasSize(1).doesNotContain(MemberExits.KILLED));
        // How long is measured where nothing else runs: docs/benchmarks.md.
        assertThat(restored.stdout())
                .contains("The API will be away for about")
                .containsPattern("(?m)^The API was away for \\d+\\.\\d s, predicted were \\d+\\.\\d s:$");
        assertThat(controlPlane.onEach(
                        node -> node.exec("systemctl is-active kubelet").stdout()))
                .isEqualTo(controlPlane.all("active\n"));

        var back = program.run(
                        "rollback",
                        restored.run(),
                        "-y",
                        "--known-hosts",
                        controlPlane.fleet().directory().resolve("known_hosts").toString())
                .expect(ExitCode.DONE);

        assertThat(controlPlane.have(after)).isEqualTo(controlPlane.all(true));
        RestoreProof.predictedIn(back.stdout()).holdsOn(controlPlane);
    }

    @Test
    void queriesContainerdIfCrictlIsMissing() {
        var back = controlPlane.onEach(node -> node.exec("mv /usr/bin/crictl /usr/bin/crictl.away"));
        assertThat(back.values()).allMatch(moved -> moved.succeeded());
        ProgramResult restored;
        try {
            restored = program.run(controlPlane.apply(SHIPPED, Login.SRE, "snapshot=" + snapshot));
        } finally {
            controlPlane.onEach(node -> node.exec("mv /usr/bin/crictl.away /usr/bin/crictl"));
        }
        verified(restored);
    }

    @Test
    void keepsTheKubeletOnRequest() {
        var runbook = RunbookText.shipped("restore.yml")
                .replace("      grace: 1s\n", "      grace: 1s\n      keep_kubelet: true\n");

        restore(runbook.writeTo(folder), Login.OPS);

        assertThat(controlPlane.onEach(
                        node -> node.exec("systemctl is-active kubelet").stdout()))
                .isEqualTo(controlPlane.all("active\n"));
    }

    /** Flags as variables of the pod: the variables are edited, since etcd starts with one of both only. */
    @Test
    void aPodWithVariablesIsRestored() {
        controlPlane.onEach(node -> node.exec("""
            m=/etc/kubernetes/manifests/etcd.yaml
            cp -p $m /root/etcd.yaml.flags
            awk '
                /^    - --/ {
                    flag = $0; sub(/^    - --/, "", flag)
                    name = flag; sub(/=.*/, "", name); value = flag; sub(/^[^=]*=/, "", value)
                    gsub(/-/, "_", name)
                    env = env "    - name: ETCD_" toupper(name) "\\n      value: \\"" value "\\"\\n"
                    next
                }
                /^    image:/ { printf "    env:\\n%s", env }
                { print }' $m >/root/etcd.yaml.variables
            """).require("write the flags as variables"));
        try {
            replaceManifests("/root/etcd.yaml.variables");

            restore(SHIPPED, Login.ROOT);

            assertThat(controlPlane
                            .onEach(node -> node.exec("grep -A 1 'name: ETCD_INITIAL_CLUSTER$'"
                                            + " /etc/kubernetes/manifests/etcd.yaml")
                                    .require("read the variable"))
                            .values())
                    .allSatisfy(variable -> assertThat(variable).contains("cp1=https", "cp2=https", "cp3=https"));
        } finally {
            replaceManifests("/root/etcd.yaml.flags");
        }
    }

    /** Takes every member away first: one that has not restarted yet would pass for one that has. */
    private void replaceManifests(String text) {
        controlPlane.onEach(node -> node.exec("""
            mv /etc/kubernetes/manifests/etcd.yaml /root/etcd.yaml.away
            until ! pgrep -x etcd >/dev/null; do sleep 0.2; done
            """).require("stop etcd"));
        controlPlane.onEach(node -> node.exec("cp -p " + text + " /root/etcd.yaml.new && mv /root/etcd.yaml.new"
                        + " /etc/kubernetes/manifests/etcd.yaml")
                .require("replace the manifest"));
        controlPlane.awaitSettled();
    }

    /** Recreates a namespace without a restore, by an API server. */
    @Test
    void extractedObjectsRecreateTheNamespace() throws IOException {
        var first = controlPlane.fleet().nodes().getFirst();
        var path = "/api/v1/namespaces/" + before + "/configmaps/";
        var bodies = Map.of(
                "plain", "{\"metadata\":{\"labels\":{\"app\":\"it\"}},\"data\":{\"a\":\"1\",\"yes\":\"no\"}}",
                "hard", "{\"data\":{\"k\":\"a: b\\n- c\\n\\n\",\"e\":\"\",\"u\":\"\\u00e4 \\\"q\\\" # x\"}}");
        bodies.forEach((name, body) -> api(first, "PUT", path + name, body));
        var written = bodies.keySet().stream()
                .collect(Collectors.toMap(name -> name, name -> data(api(first, "GET", path + name, ""))));
        var backup = controlPlane.backUp(program, folder.resolve("namespace.db"), Login.OPS);
        bodies.keySet().forEach(name -> api(first, "DELETE", path + name, ""));

        var extracted = folder.resolve("extracted");
        program.run("snapshot", "extract", backup.toString(), "--namespace", before, "-o", extracted.toString())
                .expect(ExitCode.DONE);

        try (var files = Files.walk(extracted)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var object = YAMLMapper.shared().readTree(Files.readString(file));
                api(first, "PUT", path + object.at("/metadata/name").asString(), object.toString());
            }
        }
        for (var name : bodies.keySet()) {
            assertThat(data(api(first, "GET", path + name, ""))).isEqualTo(written.get(name));
        }
    }

    private String api(FleetNode node, String method, String path, String body) {
        return controlPlane.fleet().api(node, method, path, body).require(method + " " + path);
    }

    /** The fields that a user wrote. */
    private static List<JsonNode> data(String object) {
        var tree = JsonMapper.shared().readTree(object);
        return List.of(tree.path("data"), tree.at("/metadata/labels"), tree.path("kind"), tree.path("apiVersion"));
    }

    private ProgramResult restore(Path runbook, Login login) {
        return verified(program.run(controlPlane.apply(runbook, login, "snapshot=" + snapshot, "--timings")));
    }

    private ProgramResult verified(ProgramResult restored) {
        restored.expect(ExitCode.DONE);
        assertThat(controlPlane.have(before)).isEqualTo(controlPlane.all(true));
        assertThat(controlPlane.have(after)).isEqualTo(controlPlane.all(false));
        RestoreProof.predictedIn(restored.stdout()).holdsOn(controlPlane);
        return restored;
    }
}
