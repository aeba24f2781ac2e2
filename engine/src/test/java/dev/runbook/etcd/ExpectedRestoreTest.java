package dev.runbook.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.etcd.identity.InitialCluster;
import dev.runbook.etcd.snapshot.HashPrediction;
import dev.runbook.etcd.snapshot.RestoredStore;
import dev.runbook.etcd.snapshot.SampleSnapshots;
import dev.runbook.etcd.snapshot.SnapshotFile;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectedRestoreTest {
    @TempDir
    private Path folder;

    /** Expected IDs and hash are those of the members in the README.md of the snapshots. */
    @Test
    void predictsIdsRevisionAndHash() throws Exception {
        try (SnapshotFile snapshot = SnapshotFile.open(SampleSnapshots.file("etcd-3.5.16-mixed", folder))) {
            ExpectedRestore expected = ExpectedRestore.of(
                    RestoredStore.read(snapshot),
                    InitialCluster.parse("m1=http://127.0.0.1:33380"),
                    "fresh",
                    OptionalLong.of(1000));

            assertThat(Long.toUnsignedString(expected.membership().member("m1").value()))
                    .isEqualTo("3924266865524833352");
            assertThat(Long.toUnsignedString(expected.membership().clusterId().value()))
                    .isEqualTo("16271852812973530920");
            assertThat(expected.hash()).isEqualTo(new HashPrediction(1272, 1272, 3_454_779_380L));
        }
    }
}
