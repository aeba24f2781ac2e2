package dev.runbook.node.ssh;

import java.io.IOException;
import net.schmizz.sshj.connection.channel.OpenFailException;

/** What an SSH server's refusal of a forwarded connection means. */
final class Forwarding {
    private Forwarding() {}

    /**
     * Whether the server will not forward, whatever listens there. OpenSSH says so with "administratively prohibited" for
     * AllowTcpForwarding, PermitOpen, DisableForwarding and for a key's own options (sshd: serverloop.c); servers without
     * forwarding do not know the type of channel.
     */
    static boolean isRefused(IOException failure) {
        return failure instanceof OpenFailException open
                && switch (open.getReason()) {
                    case ADMINISTRATIVELY_PROHIBITED, UNKNOWN_CHANNEL_TYPE -> true;
                    case CONNECT_FAILED, RESOURCE_SHORTAGE, UNKNOWN -> false;
                };
    }
}
