package dev.runbook.node.ssh;

import dev.runbook.node.shell.wire.Channel;
import dev.runbook.node.shell.wire.ProgramEnd;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.common.IOUtils;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.Session;

/** One program at the other end of an SSH connection. */
final class SshChannel implements Channel {
    private final Session session;
    private final Session.Command command;

    SshChannel(Session session, Session.Command command) {
        this.session = session;
        this.command = command;
    }

    @Override
    public OutputStream input() {
        return command.getOutputStream();
    }

    @Override
    public InputStream output() {
        return command.getInputStream();
    }

    @Override
    public InputStream errors() {
        return command.getErrorStream();
    }

    @Override
    public ProgramEnd ending(Duration patience) {
        try {
            command.join(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ConnectionException e) {
            return new ProgramEnd.ConnectionLost();
        }
        // sshj's null is the absence of a message: the other end never said how it went.
        var status = command.getExitStatus();
        if (status != null) {
            return new ProgramEnd.Exited(status);
        }
        var signal = command.getExitSignal();
        return signal != null ? new ProgramEnd.Signalled(signal.toString()) : new ProgramEnd.ConnectionLost();
    }

    /** On a thread of its own, since sshj waits for the other end to agree. */
    @Override
    public void close() {
        Thread.ofVirtual().name("ssh-close").start(() -> IOUtils.closeQuietly(session));
    }
}
