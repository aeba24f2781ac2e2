package dev.runbook.step;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Facts of a snapshot file on this machine.
 *
 * @param size in bytes
 * @param sha256 of the whole file, in hex
 * @param trailer whether the file ends with its own SHA-256; a copied member/snap/db does not
 * @param clusterVersion as stored, {@code 3.5.0}; empty where the server never wrote it
 * @param peerUrls of the members that the members bucket has; their names are missing there for those that joined later
 * @param alarms that would be active in the restored cluster
 */
public record SnapshotFacts(
        Path path,
        long size,
        String sha256,
        boolean trailer,
        long revision,
        Optional<String> clusterVersion,
        List<String> peerUrls,
        List<String> alarms) {
    public SnapshotFacts {
        peerUrls = List.copyOf(peerUrls);
        alarms = List.copyOf(alarms);
    }
}
