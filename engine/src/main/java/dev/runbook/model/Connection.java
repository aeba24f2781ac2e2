package dev.runbook.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How a host is reached, as its inventory says. */
public sealed interface Connection {
    /**
     * Over SSH.
     *
     * @param address name or address to dial
     * @param port 1 to 65535
     * @param keys private key files to offer, in order; empty means the usual ones of the user's {@code ~/.ssh}
     * @param jumps hosts to go through, the first one dialled directly
     */
    record Ssh(
            String address,
            int port,
            String user,
            List<Path> keys,
            Optional<Secret> keyPassphrase,
            Optional<Secret> password,
            List<Ssh> jumps,
            Become become)
            implements Connection {
        public Ssh {
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("port out of 1..65535: " + port);
            }
            keys = List.copyOf(keys);
            jumps = List.copyOf(jumps);
        }
    }

    /** This machine itself. */
    record Local(Become become) implements Connection {}

    /** No machine at all: a simulated node. */
    record Simulated() implements Connection {}

    /** Whose rights the work is done with. */
    sealed interface Become {
        /** The user that logged in. */
        record No() implements Become {}

        /** Through sudo; the password goes through its standard input only. */
        record Sudo(String user, Optional<Secret> password) implements Become {}
    }
}
