package dev.runbook.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.etcd.client.KeyEntry;
import dev.runbook.model.EtcdAccess;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Members that agree are never called different because of a compaction; those that differ always are. */
class HashComparisonTest {
    private static final EtcdAccess ACCESS = new EtcdAccess("127.0.0.1", 2379, Optional.empty());

    /** A member whose revision rises by a step with each look at it. */
    private record Member(long step, Answer answer, AtomicLong revision) implements MemberReader {
        private interface Answer {
            Hash at(long revision);
        }

        Member(long step, Answer answer) {
            this(step, answer, new AtomicLong(9));
        }

        @Override
        public Status status() {
            return new Status("a1", "c1", Optional.of("a1"), "3.5.16", revision.addAndGet(step), 2, 1, false);
        }

        @Override
        public Hash hashAt(long asked) {
            return answer.at(asked);
        }

        @Override
        public List<MemberReader.Member> members() {
            return List.of();
        }

        @Override
        public List<String> alarms() {
            return List.of();
        }

        @Override
        public List<String> keys(String prefix, int limit) {
            return List.of();
        }

        @Override
        public long visitKeys(Consumer<KeyEntry> visitor) {
            return 0;
        }

        @Override
        public Optional<byte[]> value(String key) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    private static MemberReader idle(long hash, long compactRevision) {
        return new Member(0, revision -> new MemberReader.Hash(hash, compactRevision, revision));
    }

    private static String compared(MemberReader... members) throws Exception {
        Iterator<MemberReader> next = List.of(members).iterator();
        return switch (new MemberProbes(_ -> next.next()).membersAgree(List.of(ACCESS, ACCESS, ACCESS))) {
            case ProbeResult.Holds(var reservation) -> reservation.orElse("equal");
            case ProbeResult.DoesNotHold(var found) -> found;
        };
    }

    /** etcd 3.5.5 and later: two keep the hash of the compaction, the third was restarted since. */
    @Test
    void anIdleClusterAfterACompactionAndARestartDoesNotDiffer() throws Exception {
        assertThat(compared(idle(1, -1), idle(1, -1), idle(2, 9)))
                .startsWith("HashKV cannot be compared at revision 9")
                .contains("-1, -1, 9");
    }

    @Test
    void membersThatCanBeComparedAre() throws Exception {
        assertThat(compared(idle(1, -1), idle(3, -1), idle(2, 9))).contains("HashKV at revision 9 differ: 1, 3, 2");
        assertThat(compared(idle(1, 4), idle(1, 4), idle(1, 4))).isEqualTo("equal");
    }

    /** The next write makes them comparable: then a difference counts. */
    @Test
    void membersAreAskedAgainAboveTheCompaction() throws Exception {
        assertThat(compared(written(1, -1), written(1, -1), written(2, 9))).contains("differ: 11, 11, 12");
    }

    private static MemberReader written(long hash, long compactRevision) {
        return new Member(
                1,
                revision -> revision > 11
                        ? new MemberReader.Hash(10 + hash, 9, revision)
                        : new MemberReader.Hash(hash, compactRevision, revision));
    }
}
