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
 * @param usedBytes of the pages in use, which etcd compares with its quota; less than the size by what is free in the file
 * @param storageVersion as stored by etcd 3.6 and later, {@code 3.6.0}
 * @param leftovers of earlier operations
 */
public record SnapshotFacts(
        Path path,
        long size,
        String sha256,
        boolean trailer,
        long revision,
        Optional<String> clusterVersion,
        List<String> peerUrls,
        List<String> alarms,
        long usedBytes,
        Optional<String> storageVersion,
        Leftovers leftovers) {
    public SnapshotFacts {
        peerUrls = List.copyOf(peerUrls);
        alarms = List.copyOf(alarms);
    }

    /**
     * What an earlier operation left in the snapshot.
     *
     * @param downgradeTo target of a downgrade that is under way
     * @param authEnabled whether clients of the restored cluster must log in
     * @param learners peer URLs of learners
     * @param zombies peer URLs of members that were removed and are listed all the same (etcd-io/etcd#20967)
     */
    public record Leftovers(
            Optional<String> downgradeTo, boolean authEnabled, List<String> learners, List<String> zombies) {
        public Leftovers {
            learners = List.copyOf(learners);
            zombies = List.copyOf(zombies);
        }
    }
}
