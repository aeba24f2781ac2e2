package dev.runbook.node.local;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.shell.Channel;
import dev.runbook.node.shell.ShellNodeContractTest;
import dev.runbook.node.shell.Transport;
import dev.runbook.node.shell.Tunnel;
import java.nio.file.Files;
import java.nio.file.Path;

/** With the sh of Red Hat's family, which is bash, whatever this machine's is. */
class LocalNodeWithBashTest extends ShellNodeContractTest {
    @Override
    protected Transport.Opener opener() throws Exception {
        var bash = Path.of("/bin/bash");
        assumeThat(bash).exists();
        var folder = Files.createDirectories(temporary.resolve("bash"));
        if (!Files.exists(folder.resolve("sh"))) {
            Files.createSymbolicLink(folder.resolve("sh"), bash);
        }
        return () -> new FirstInPath(folder, new LocalTransport());
    }

    private record FirstInPath(Path folder, Transport inner) implements Transport {
        @Override
        public Channel start(String command, boolean bulk) throws NodeUnreachable {
            return inner.start("PATH=" + folder + ":$PATH; exec " + command, bulk);
        }

        @Override
        public Tunnel tunnel(String host, int port) throws NodeUnreachable {
            return inner.tunnel(host, port);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
