package dev.runbook.etcd.client;

import java.nio.file.Path;

/**
 * A snapshot that was downloaded completely.
 *
 * @param size bytes, trailer included
 * @param sha256 of the whole file, in lower-case hexadecimal
 */
public record SavedSnapshot(Path file, long size, String sha256) {}
