package dev.runbook.node.local;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.runbook.node.shell.FirstInPath;
import dev.runbook.node.shell.ShellNodeContractTest;
import dev.runbook.node.shell.wire.Transport;
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
}
