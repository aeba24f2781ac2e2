package dev.runbook.facts;

import dev.runbook.model.Attributes;
import java.util.Optional;

/**
 * A member's data folder, or the place where it should be.
 *
 * @param path on the host
 * @param present whether the folder is there
 * @param attributes of the folder, or what etcd would give it
 * @param mountPoint whether a file system is mounted on it, so that it cannot be renamed
 * @param label SELinux label
 * @param databaseBytes size of member/snap/db; 0 when there is none
 * @param walBytes size of member/wal
 * @param freeBytes free on the file system that it lies on
 * @param memberPresent whether etcd has ever written here: there is a member/ in it
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
