package dev.runbook.facts;

import dev.runbook.model.Attributes;
import java.util.Optional;

/**
 * A member's data folder, present or missing.
 *
 * @param path on the host
 * @param present whether the folder is there
 * @param attributes of the folder, or those that etcd would create it with
 * @param mountPoint whether a file system is mounted on it, so that it cannot be renamed
 * @param label SELinux label
 * @param databaseBytes size of member/snap/db; 0 when there is none
 * @param walBytes size of member/wal
 * @param freeBytes free on its file system
 * @param memberPresent whether etcd has written here: the folder contains member/
 */
public record DataFacts(
        String path,
        boolean present,
        Attributes attributes,
        boolean mountPoint,
        Optional<String> label,
        long databaseBytes,
        long walBytes,
        long freeBytes,
        boolean memberPresent) {}
