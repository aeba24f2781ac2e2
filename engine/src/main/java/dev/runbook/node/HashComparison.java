package dev.runbook.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** HashKV of several members, compared where it says something of their data. */
final class HashComparison {
    /** How often, and after which time, members are asked again whose hashes cannot be compared. */
    private static final int LOOKS = 3;

    private static final Duration PAUSE = Duration.ofMillis(500);

    private HashComparison() {}

    /**
     * Compares them. Hashes of unequal compactions are asked for again at a later revision, which there is as soon as a client
     * writes. In an idle cluster there is none, and they are neither equal nor different: that is said.
     */
    static ProbeResult of(List<MemberReader> readers) throws MemberUnreachable {
        for (int look = 1; ; look++) {
            var revision = Long.MAX_VALUE;
            for (var reader : readers) {
                revision = Math.min(revision, reader.status().revision());
            }
            var hashes = new ArrayList<MemberReader.Hash>();
            for (var reader : readers) {
                hashes.add(reader.hashAt(revision));
            }
            var different = among(hashes, revision);
            if (different.isPresent()) {
                return new ProbeResult.DoesNotHold(different.get());
            }
            if (comparable(hashes)) {
                return new ProbeResult.Holds();
            }
            if (look == LOOKS) {
                return new ProbeResult.Holds(Optional.of("HashKV cannot be compared at revision " + revision
                        + ": the members answer hashes of different compactions (" + compactions(hashes)
                        + "), until a client writes"));
            }
            pause();
        }
    }

    private static String compactions(List<MemberReader.Hash> hashes) {
        return hashes.stream()
                .map(hash -> Long.toString(hash.compactRevision()))
                .collect(Collectors.joining(", "));
    }

    /** Different hashes of the same revision after the same compaction. */
    private static Optional<String> among(List<MemberReader.Hash> hashes, long revision) {
        var groups = new HashSet<List<Long>>();
        var distinct = new HashSet<>(hashes);
        boolean differ =
                distinct.stream().anyMatch(one -> !groups.add(List.of(one.compactRevision(), one.hashRevision())));
        return differ
                ? Optional.of("HashKV at revision " + revision + " differ: "
                        + hashes.stream().map(one -> Long.toString(one.hash())).collect(Collectors.joining(", ")))
                : Optional.empty();
    }

    private static boolean comparable(List<MemberReader.Hash> hashes) {
        return hashes.stream()
                        .map(one -> List.of(one.compactRevision(), one.hashRevision()))
                        .distinct()
                        .count()
                <= 1;
    }

    private static void pause() throws MemberUnreachable {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MemberUnreachable("interrupted while members were compared");
        }
    }
}
