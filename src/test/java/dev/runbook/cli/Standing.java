package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/**
 * How a control plane stands: what a run that failed must give back as it was.
 *
 * @param files by node: configuration with type, mode, owner, bytes, and for plain files the time of the last change
 * @param data by node: attributes of the data folder and of what lies right in it
 * @param services by node: units and containers that run
 * @param hashes by node, at {@code revision}
 */
record Standing(
        Map<String, String> files,
        Map<String, String> data,
        Map<String, String> services,
        Map<String, String> memberIds,
        Map<String, String> clusterIds,
        long revision,
        Map<String, String> hashes) {

    /** A run's own folders are the only thing that it may leave. */
    private static final String FILES = """
        cd / && for each in etc/kubernetes etc/default etc/etcd etc/systemd/system; do
            [ ! -d "$each" ] || find "$each" -name '*runbook-*' -prune -o \\
                \\( -type f -printf '%p %m %U:%G %T@ ' -exec sha256sum {} \\; \\) -o \\
                -printf '%p %y %m %U:%G %l\\n'
        done | sort
        """;

    /** The very inodes: what was moved away must be what came back. */
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

    static Standing of(ControlPlane controlPlane) {
        return of(controlPlane, controlPlane.revision());
    }

    private static Standing of(ControlPlane controlPlane, long revision) {
        return new Standing(
                asked(controlPlane, FILES),
                asked(controlPlane, DATA),
                asked(controlPlane, SERVICES),
                controlPlane.memberIds(),
                controlPlane.clusterIds(),
                revision,
                controlPlane.hashes(revision));
    }

    private static Map<String, String> asked(ControlPlane controlPlane, String sh) {
        return controlPlane.onEach(node -> node.exec(sh).require("look at " + node.name()));
    }

    /** Everything is as it was, members serve, and nothing holds the nodes. */
    void isThatOf(ControlPlane controlPlane) {
        controlPlane.awaitHealthy();
        var now = of(controlPlane, revision);
        assertThat(now.files).as("configuration").isEqualTo(files);
        assertThat(now.data).as("data folders").isEqualTo(data);
        assertThat(now.services).as("services").isEqualTo(services);
        assertThat(now).isEqualTo(this);
        assertThat(locks(controlPlane)).as("locks").isEqualTo(controlPlane.all(""));
    }

    static Map<String, String> locks(ControlPlane controlPlane) {
        return controlPlane.onEach(
                node -> node.exec("cat /var/lib/runbook/lock/owner 2>/dev/null").stdout());
    }
}
