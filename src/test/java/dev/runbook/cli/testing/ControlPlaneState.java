package dev.runbook.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of a control plane, which a failed run must not change.
 *
 * @param files by node: configuration with type, mode, owner, bytes, and for plain files the time of the last change
 * @param data by node: attributes of the data folder and its direct children
 * @param services by node: units and containers that run
 * @param hashes by node, at {@code revision}
 */
public record ControlPlaneState(
        Map<String, String> files,
        Map<String, String> data,
        Map<String, String> services,
        Map<String, String> memberIds,
        Map<String, String> clusterIds,
        long revision,
        Map<String, String> hashes) {

    /** All configuration except the run's own folders, which it may leave. */
    private static final String FILES = """
        cd / && for each in etc/kubernetes etc/default etc/etcd etc/systemd/system; do
            [ ! -d "$each" ] || find "$each" -name '*runbook-*' -prune -o \\
                \\( -type f -printf '%p %m %U:%G %T@\\n' \\) -o -printf '%p %y %m %U:%G %l\\n'
            [ ! -d "$each" ] || find "$each" -name '*runbook-*' -prune -o -type f -exec sha256sum {} +
        done | sort
        """;

    /** With inodes, because the files that were moved must be the ones that return. */
    private static final String DATA = """
        for each in /var/lib/etcd /var/lib/etcd/default; do
            [ ! -d "$each/member" ] || stat -c '%n %F %a %u:%g %i' "$each" "$each/member" "$each/member/snap/db"
        done
        """;

    private static final String SERVICES = """
        systemctl list-units --type=service --state=running,failed --no-legend --plain | awk '{ print $1, $3, $4 }'
        command -v crictl >/dev/null || exit 0
        crictl ps | awk '$2 == "RUNNING" { print $3 }' | sort
        """;

    /** Between the answers; each query of a node from outside costs more than the query itself. */
    private static final String NEXT = "\n=== next ===\n";

    public static ControlPlaneState of(ControlPlane controlPlane) {
        return of(controlPlane, controlPlane.revision());
    }

    private static ControlPlaneState of(ControlPlane controlPlane, long revision) {
        var answers = controlPlane.onEach(node -> List.of(
                node.exec(FILES + "printf '%s' '" + NEXT + "'\n" + DATA + "printf '%s' '" + NEXT + "'\n" + SERVICES)
                        .require("query " + node.name())
                        .split(NEXT, 3)));
        var members = controlPlane.identities();
        return new ControlPlaneState(
                part(answers, 0),
                part(answers, 1),
                part(answers, 2),
                part(members, 0),
                part(members, 1),
                revision,
                controlPlane.hashes(revision));
    }

    private static Map<String, String> part(Map<String, List<String>> answers, int index) {
        var part = new LinkedHashMap<String, String>();
        answers.forEach((node, answer) -> part.put(node, answer.get(index)));
        return part;
    }

    /** Asserts that all is as it was, that members serve, and that no node is locked. */
    public void assertUnchanged(ControlPlane controlPlane) {
        controlPlane.awaitHealthy();
        var now = of(controlPlane, revision);
        assertThat(now.files).as("configuration").isEqualTo(files);
        assertThat(now.data).as("data folders").isEqualTo(data);
        assertThat(now.services).as("services").isEqualTo(services);
        assertThat(now).isEqualTo(this);
        assertThat(locks(controlPlane)).as("locks").isEqualTo(controlPlane.all(""));
    }

    public static Map<String, String> locks(ControlPlane controlPlane) {
        return controlPlane.onEach(
                node -> node.exec("cat /var/lib/runbook/lock/owner 2>/dev/null").stdout());
    }
}
