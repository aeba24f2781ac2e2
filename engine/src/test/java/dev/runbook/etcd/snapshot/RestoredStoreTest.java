package dev.runbook.etcd.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values were reported by real members, restored from the same files. */
class RestoredStoreTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(textBlock = """
        # snapshot, bump, revision, compacted, hash
        etcd-3.4.23-mixed, , 274, 270, 3756085080
        etcd-3.4.23-alarm, , 8, -1, 2658171810
        etcd-3.4.23-mixed, 1000000000, 1000000274, 1000000274, 2234999067
        etcd-3.5.16-mixed, , 272, 269, 4067902620
        etcd-3.5.16-mixed, 1000, 1272, 1272, 3454779380
        etcd-3.5.16-bumped, , 1277, 1272, 4173287636
        etcd-3.5.16-bumped, 77, 1354, 1354, 3590474934
        etcd-3.5.16-bumped-compacted, , 1279, 1277, 3058721855
        etcd-3.5.16-bumped-compacted, 77, 1356, 1356, 1007289858
        etcd-3.5.16-unfinished, , 1272, 1272, 3454779380
        etcd-3.5.16-unfinished, 5, 1277, 1277, 634434006
        etcd-3.5.16-deleted, , 5, -1, 1785112597
        etcd-3.5.16-deleted, 10, 15, 15, 3978696610
        etcd-3.5.16-deleted-compacted-below, , 5, 4, 2368373210
        etcd-3.5.16-deleted-compacted-below, 10, 15, 15, 3978696610
        etcd-3.5.16-deleted-compacted, , 5, 5, 1084519789
        etcd-3.5.16-deleted-compacted, 10, 15, 15, 3978696610
        etcd-3.5.16-fresh, , 1, -1, 1084519789
        etcd-3.5.16-fresh, 10, 10, 10, 85793152
        """)
    void predictsWhatARestoredMemberReported(
            String snapshot, @Nullable Long bump, long revision, long compacted, long hash) throws Exception {
        OptionalLong requested = bump == null ? OptionalLong.empty() : OptionalLong.of(bump);

        assertThat(predict(snapshot, requested)).isEqualTo(new HashPrediction(revision, compacted, hash));
    }

    @Test
    void countsLiveKeysAsEtcd36Does() throws Exception {
        try (SnapshotFile file = SnapshotFile.open(SampleSnapshots.file("etcd-3.5.16-bumped", folder))) {
            assertThat(RestoredStore.read(file).liveKeys()).isEqualTo(96);
        }
    }

    @Test
    void impossibleBumpsAreRejected() {
        RestoredStore store = new RestoredStore(10, -1, 3, 0, 0);

        assertThatIllegalArgumentException().isThrownBy(() -> store.predict(OptionalLong.of(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> store.predict(OptionalLong.of(Long.MAX_VALUE)));
        assertThat(store.predict(OptionalLong.of(90)).revision()).isEqualTo(100);
        assertThat(new RestoredStore(0, -1, 0, 0, 0)
                        .predict(OptionalLong.empty())
                        .revision())
                .isEqualTo(1);
    }

    private HashPrediction predict(String name, OptionalLong bump) throws Exception {
        try (SnapshotFile file = SnapshotFile.open(SampleSnapshots.file(name, folder))) {
            return RestoredStore.predict(file, bump);
        }
    }
}
