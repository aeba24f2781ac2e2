package dev.runbook.step;

import java.nio.file.Path;
import java.time.Instant;

/**
 * Identity of a run, created once, when the run is planned.
 *
 * @param id letters, digits and dashes; begins with the date, so that folders sort
 * @param token fresh cluster token: a member of an older restore can never join
 * @param artifacts folder on this machine for the run's retained artifacts
 */
public record RunIdentity(String id, String token, Instant planned, Path artifacts) {
    /** The run's own folder inside a folder of a node: holds retained artifacts on the same file system. */
    public String folderIn(String parent) {
        return (parent.equals("/") ? "" : parent) + "/runbook-" + id;
    }
}
