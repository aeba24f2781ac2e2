package dev.runbook.node.shell.script;

import java.time.Duration;
import java.util.List;

/**
 * How nodes are worked on, the same for every way to reach one.
 *
 * @param runFolder folder on the node that holds the lock and one folder a run; it and its parents may be missing
 * @param toolFolders folders on the node that are searched for programs before its own PATH
 * @param startPatience how long a shell may take to start, sudo included
 * @param grace how much longer than the node we wait before we give an action up
 * @param absence how long a host that answered before may be away, while sshd or the host itself restarts
 */
public record ShellSettings(
        String runFolder, List<String> toolFolders, Duration startPatience, Duration grace, Duration absence) {
    public ShellSettings {
        toolFolders = List.copyOf(toolFolders);
        if (!runFolder.startsWith("/") || runFolder.endsWith("/")) {
            throw new IllegalArgumentException("the run folder is an absolute path, not " + runFolder);
        }
    }

    /** For hosts that are not waited for. */
    public ShellSettings(String runFolder, List<String> toolFolders, Duration startPatience, Duration grace) {
        this(runFolder, toolFolders, startPatience, grace, Duration.ZERO);
    }

    public static ShellSettings usual() {
        return new ShellSettings(
                "/var/lib/runbook", List.of(), Duration.ofSeconds(20), Duration.ofSeconds(15), Duration.ofMinutes(2));
    }

    public ShellSettings withAbsence(Duration longest) {
        return new ShellSettings(runFolder, toolFolders, startPatience, grace, longest);
    }
}
