package dev.runbook.node.ssh;

import java.nio.file.Path;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/** Public key authentication (RFC 4252, 7) where an agent signs. */
final class AgentAuthentication extends AbstractAuthMethod {
    private static final int RSA_SHA2_256 = 2;

    private final Path socket;
    private final SshAgent.Identity identity;

    AgentAuthentication(Path socket, SshAgent.Identity identity) {
        super("publickey");
        this.socket = socket;
        this.identity = identity;
    }

    /** First asks whether the key would do: a signature may need a touch or a prompt at the agent. */
    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        return request(false);
    }

    private SSHPacket request(boolean signed) throws UserAuthException {
        var packet = super.buildReq();
        packet.putBoolean(signed);
        packet.putString(algorithm());
        packet.putString(identity.blob());
        return packet;
    }

    @Override
    public void handle(Message message, SSHPacket packet) throws UserAuthException, TransportException {
        if (message != Message.USERAUTH_60) {
            super.handle(message, packet);
            return;
        }
        var request = request(true);
        var signed = new Buffer.PlainBuffer()
                .putString(params.getTransport().getSessionID())
                .putBuffer(request)
                .getCompactData();
        try {
            request.putString(SshAgent.sign(socket, identity, signed, isRsa() ? RSA_SHA2_256 : 0));
        } catch (SshAgent.Unavailable e) {
            throw new UserAuthException("the agent did not sign: " + e.getMessage(), e);
        }
        params.getTransport().write(request);
    }

    private boolean isRsa() throws UserAuthException {
        return type().equals("ssh-rsa");
    }

    private String algorithm() throws UserAuthException {
        return isRsa() ? "rsa-sha2-256" : type();
    }

    private String type() throws UserAuthException {
        try {
            return identity.type();
        } catch (SshAgent.Unavailable e) {
            throw new UserAuthException(String.valueOf(e.getMessage()), e);
        }
    }
}
