package dev.runbook.node;

import java.util.Optional;

/**
 * A folder that a finished run kept on a node.
 *
 * @param bytes that it takes on the disk
 * @param user a file that names the folder, or a process that has something in it open: it must stay then
 */
public record RetainedFolder(String path, long bytes, Optional<String> user) {}
