package dev.runbook.etcd.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.bbolt.Trailer;
import dev.runbook.etcd.identity.Alarm;
import dev.runbook.etcd.identity.Member;
import dev.runbook.etcd.identity.MemberId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected values were printed by etcdctl and etcdutl of the same version for the same files. */
class SnapshotSummaryTest {
    @TempDir
    private Path folder;

    @Test
    void aSnapshotWithDeletesLeasesAndACompaction() throws Exception {
        SnapshotSummary summary = summary("etcd-3.4.23-mixed");

        assertThat(summary.status()).isEqualTo(new SnapshotSummary.Status(1_154_993_430L, 128, 98, 106_496));
        assertThat(summary.revisions())
                .isEqualTo(new SnapshotSummary.Revisions(
                        274, OptionalLong.of(270), OptionalLong.of(270), OptionalLong.empty()));
        assertThat(summary.members())
                .containsExactly(new Member(
                        new MemberId(Long.parseUnsignedLong("13738865138143586544")),
                        "m1",
                        List.of("http://127.0.0.1:33380"),
                        List.of("http://127.0.0.1:33379"),
                        false));
        assertThat(summary.alarms()).isEmpty();
        assertThat(summary.storage().pageSize()).isEqualTo(4096);
        assertThat(summary.storage().fileSize()).isEqualTo(106_528);
        assertThat(summary.storage().sha256().orElseThrow())
                .isEqualTo("fbc5dbd915cdfc6a5a8d7d3a39c8c58be789d19a2095a7d77b8aff12ca2fc4e0");
        assertThat(summary.storage().trailer()).isInstanceOf(Trailer.TrailerVerified.class);
    }

    @Test
    void aSnapshotUnderAnAlarm() throws Exception {
        SnapshotSummary summary = summary("etcd-3.4.23-alarm");

        assertThat(summary.status()).isEqualTo(new SnapshotSummary.Status(1_232_369_120L, 12, 5, 143_360));
        assertThat(summary.alarms())
                .containsExactly(new Alarm(new MemberId(Long.parseUnsignedLong("17396971226600720962")), "NOSPACE"));
        assertThat(summary.revisions())
                .isEqualTo(new SnapshotSummary.Revisions(
                        8, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
    }

    @Test
    void aSnapshotOfEtcd35HasTermClusterVersionAndLearner() throws Exception {
        SnapshotSummary summary = summary("etcd-3.5.16-mixed");

        assertThat(summary.status()).isEqualTo(new SnapshotSummary.Status(2_260_861_951L, 129, 97, 135_168));
        assertThat(summary.clusterVersion()).contains("3.5.0");
        assertThat(summary.storageVersion()).isEmpty();
        assertThat(summary.progress().term()).hasValue(2);
        assertThat(summary.progress().consistentIndex()).isPositive();
        assertThat(summary.members())
                .extracting(Member::name, Member::learner, Member::peerUrls)
                .containsExactly(
                        tuple("m1", false, List.of("http://127.0.0.1:33380")),
                        tuple("", true, List.of("http://127.0.0.9:33380")));
    }

    @Test
    void aSnapshotOfARestoredClusterShowsTheBump() throws Exception {
        SnapshotSummary summary = summary("etcd-3.5.16-bumped");

        assertThat(summary.status()).isEqualTo(new SnapshotSummary.Status(2_123_455_534L, 112, 97, 135_168));
        assertThat(summary.revisions())
                .isEqualTo(new SnapshotSummary.Revisions(
                        1277, OptionalLong.of(1272), OptionalLong.of(1272), OptionalLong.of(1272)));
        assertThat(summary("etcd-3.5.16-unfinished").revisions())
                .isEqualTo(new SnapshotSummary.Revisions(
                        1272, OptionalLong.of(1272), OptionalLong.of(269), OptionalLong.of(1272)));
    }

    @Test
    void aCopiedDatabaseHasNoTrailer() throws Exception {
        byte[] bytes = SampleSnapshots.bytes("etcd-3.4.23-mixed");
        Path copy = Files.write(folder.resolve("db"), Arrays.copyOf(bytes, bytes.length - 32));

        assertThat(summary(copy).storage().trailer()).isEqualTo(new Trailer.NoTrailer());
    }

    @Test
    void aChangedByteBreaksTheTrailer() throws Exception {
        byte[] bytes = SampleSnapshots.bytes("etcd-3.4.23-mixed");
        // The last byte of the last page is in no element.
        bytes[bytes.length - 33] ^= 1;
        Path changed = Files.write(folder.resolve("db"), bytes);

        assertThat(summary(changed).storage().trailer()).isInstanceOf(Trailer.Mismatch.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "etcd-3.4.23-mixed",
                "etcd-3.4.23-alarm",
                "etcd-3.5.16-mixed",
                "etcd-3.5.16-bumped",
                "etcd-3.5.16-bumped-compacted",
                "etcd-3.5.16-deleted",
                "etcd-3.5.16-fresh",
                "etcd-3.5.16-unfinished"
            })
    void severalThreadsFindTheSameAsOne(String name) throws Exception {
        try (SnapshotFile file = SnapshotFile.open(SampleSnapshots.file(name, folder))) {
            assertThat(file.summarize(true, false)).isEqualTo(file.summarize(true, true));
            assertThat(file.summarizeUnhashed().storage().trailer()).isEqualTo(new Trailer.NotChecked());
            assertThat(file.summarizeUnhashed().status())
                    .isEqualTo(file.summarize().status());
            // etcdutl 3.6 counts the record of a bump, which no client can see.
            long bump = file.summarize().revisions().lastBump().isPresent() ? 1 : 0;
            assertThat(file.summarize().status().liveKeys())
                    .isEqualTo(RestoredStore.read(file).liveKeys() + bump);
        }
    }

    private SnapshotSummary summary(String name) throws IOException, BadSnapshot {
        return summary(SampleSnapshots.file(name, folder));
    }

    private static SnapshotSummary summary(Path path) throws BadSnapshot {
        try (SnapshotFile file = SnapshotFile.open(path)) {
            return file.summarize();
        }
    }
}
