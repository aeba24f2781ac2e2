package dev.runbook.load.ssh;

import java.util.List;
import java.util.Optional;

/**
 * What the arguments of the {@code ssh} program say of the machine, of the way to it and of the login. As in ssh the first
 * value of an option counts, except for identities, which are all tried.
 *
 * @param hostName replaces the address; {@code %h} in it stands for the address
 * @param identities private key files as written, {@code ~} and tokens included
 * @param jumps in the order of connection; empty when no argument says a word of them, a present empty list for none
 * @param ignored arguments without effect, as written
 * @param refused arguments without which another machine could be reached, and which are not supported
 */
public record SshArguments(
        Optional<String> hostName,
        Optional<Integer> port,
        Optional<String> user,
        List<String> identities,
        Optional<List<Jump>> jumps,
        List<String> ignored,
        List<Refused> refused) {
    /**
     * A jump host.
     *
     * @param identities private key files for it alone; often none
     */
    public record Jump(Optional<String> user, String address, int port, List<String> identities) {
        public Jump {
            identities = List.copyOf(identities);
        }
    }

    /**
     * An argument that cannot be passed over.
     *
     * @param next what to write instead
     */
    public record Refused(String argument, String next) {}

    public SshArguments {
        identities = List.copyOf(identities);
        jumps = jumps.map(List::copyOf);
        ignored = List.copyOf(ignored);
        refused = List.copyOf(refused);
    }

    public static SshArguments none() {
        return parse("");
    }

    public static SshArguments parse(String line) {
        return new SshArgumentReader().read(ShellWords.split(line));
    }

    /** Whether it matters to which machine, by which way and as whom a connection is made. */
    public boolean matter() {
        return hostName.isPresent()
                || port.isPresent()
                || user.isPresent()
                || !identities.isEmpty()
                || jumps.isPresent()
                || !refused.isEmpty();
    }
}
