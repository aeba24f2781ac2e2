package dev.runbook.cli.terminal;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name under which this process, as a controller, locks hosts. */
public final class ControllerName {
    private ControllerName() {}

    public static String owner() {
        // With the process, because the lock's epoch distinguishes controllers only when no two of them share a name.
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
