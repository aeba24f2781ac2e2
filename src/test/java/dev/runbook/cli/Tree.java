package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/**
 * Every file of every node where the program could have left something: type, mode, owner, size, inode, time of the last
 * change, and bytes of configuration. Of what etcd itself writes all the time only names and inodes count.
 *
 * @param files by node
 */
record Tree(Map<String, String> files) {
    private static final String LIST = """
        cd /
        find etc var/lib home root opt srv usr/local -xdev \\
            \\( -path var/lib/systemd -o -path var/lib/sudo -o -path var/lib/kubelet -o -path var/lib/containerd \\) -prune -o \\
            -path 'var/lib/etcd/*' -name '*.tmp' -o \\
            -path 'var/lib/etcd*' -printf '%p %y %m %U:%G %i\\n' -o \\
            -printf '%p %y %m %U:%G %s %i %T@ %l\\n' | sort
        find etc -xdev -type f -exec sha256sum {} + | sort
        """;

    static Tree of(ControlPlane controlPlane) {
        return new Tree(controlPlane.onEach(node -> node.exec(LIST).require("list the files of " + node.name())));
    }

    void isThatOf(ControlPlane controlPlane) {
        var now = of(controlPlane);
        now.files.forEach((node, listing) -> {
            assertThat(listing).as("files of %s", node).doesNotContain("var/lib/runbook");
            assertThat(listing.lines())
                    .as("files of %s", node)
                    .containsExactlyElementsOf(files.get(node).lines().toList());
        });
    }
}
