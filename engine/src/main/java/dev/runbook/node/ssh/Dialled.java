package dev.runbook.node.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;

/** A connection that was made from a node: its bytes, both ways. */
interface Dialled extends AutoCloseable {
    InputStream input();

    OutputStream output();

    @Override
    void close() throws IOException;

    /** One that sshd made. */
    record Forwarded(DirectConnection connection) implements Dialled {
        @Override
        public InputStream input() {
            return connection.getInputStream();
        }

        @Override
        public OutputStream output() {
            return connection.getOutputStream();
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }
}
