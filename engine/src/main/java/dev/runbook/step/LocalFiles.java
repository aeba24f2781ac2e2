package dev.runbook.step;

import java.nio.file.Path;
import java.util.Optional;

/** Files on this machine that a step sends; the same path gives the same answer within one plan. */
@FunctionalInterface
public interface LocalFiles {
    /** Empty when there is no such file, or it cannot be read. */
    Optional<LocalFile> read(Path path);

    /**
     * Size and hash of a file.
     *
     * @param size in bytes
     * @param sha256 in hex
     */
    record LocalFile(long size, String sha256) {}
}
