package dev.runbook.step;

import java.nio.file.Path;
import java.util.Optional;

/** Files on this machine that a step sends, or would write; the same path gives the same answer within one plan. */
@FunctionalInterface
public interface LocalFiles {
    /** Empty when there is no such file, or it cannot be read. */
    Optional<LocalFile> read(Path path);

    /** Whether anything has this path, readable or not. */
    default boolean exists(Path path) {
        return read(path).isPresent();
    }

    /**
     * Size and hash of a file.
     *
     * @param size in bytes
     * @param sha256 in hex
     */
    record LocalFile(long size, String sha256) {}
}
