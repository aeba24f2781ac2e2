package dev.runbook.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every file of every node where the program could leave a file: type, mode, owner, size, inode, time of the last change, and
 * bytes of configuration. Of files that etcd writes all the time only names and inodes count. Two files are omitted, because
 * the container engine rewrites them when a network is connected again.
 *
 * @param files by node
 */
public record NodeFiles(Map<String, String> files) {
    private static final String LIST = """
        cd /
        find etc var/lib home root opt srv usr/local -xdev \\
            \\( -path var/lib/systemd -o -path var/lib/sudo -o -path var/lib/kubelet -o -path var/lib/containerd \\
                -o -path etc/hosts -o -path etc/resolv.conf \\) -prune -o \\
            -path 'var/lib/etcd/*' -name '*.tmp' -o \\
            -path 'var/lib/etcd*' -printf '%p %y %m %U:%G %i\\n' -o \\
            -printf '%p %y %m %U:%G %s %i %T@ %l\\n' | sort
        find etc -xdev -type f -exec sha256sum {} + | sort
        """;

    public static NodeFiles of(ControlPlane controlPlane) {
        return new NodeFiles(controlPlane.onEach(node -> node.exec(LIST).require("list the files of " + node.name())));
    }

    public void assertUnchanged(ControlPlane controlPlane) {
        var now = of(controlPlane);
        now.files.forEach((node, listing) -> {
            var earlier = files.getOrDefault(node, "");
            assertThat(without(listing, earlier)).as("new on %s", node).isEmpty();
            assertThat(without(earlier, listing)).as("gone from %s", node).isEmpty();
        });
    }

    private static List<String> without(String listing, String other) {
        var lines = new ArrayList<>(listing.lines().toList());
        lines.removeAll(other.lines().collect(Collectors.toSet()));
        return lines;
    }
}
