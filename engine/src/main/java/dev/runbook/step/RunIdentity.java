package dev.runbook.step;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What makes a run this run and no other; made once, when it is planned.
 *
 * @param id letters, digits and dashes; begins with the date, so that folders sort
 * @param token fresh cluster token: a member of an older restore can never join
 * @param artifacts folder on this machine for what the run keeps
 */
public record RunIdentity(String id, String token, Instant planned, Path artifacts) {
    /** The run's own folder in a folder of a node: where things are kept aside on the same file system. */
    public String folderIn(String parent) {
        return (parent.equals("/") ? "" : parent) + "/runbook-" + id;
    }
}
