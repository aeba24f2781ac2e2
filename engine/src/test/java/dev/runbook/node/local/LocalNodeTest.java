package dev.runbook.node.local;

import dev.runbook.node.shell.ShellNodeContractTest;
import dev.runbook.node.shell.wire.Transport;

class LocalNodeTest extends ShellNodeContractTest {
    @Override
    protected Transport.Opener opener() {
        return LocalTransport::new;
    }
}
