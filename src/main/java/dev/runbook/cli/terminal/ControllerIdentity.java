package dev.runbook.cli.terminal;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who this process is to nodes, to other controllers and in reports. */
public final class ControllerIdentity {
    public static final String VERSION = "0.1.0";

    private ControllerIdentity() {}

    /** With the process, because a lock's epoch tells controllers apart only when no two of them have one name. */
    public static String owner() {
        return System.getProperty("user.name") + "@" + hostName() + ", process "
                + ProcessHandle.current().pid();
    }

    public static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine that cannot resolve its own name still has one to show to the operator who is refused.
            return String.valueOf(e.getMessage()).split(":", 2)[0];
        }
    }
}
