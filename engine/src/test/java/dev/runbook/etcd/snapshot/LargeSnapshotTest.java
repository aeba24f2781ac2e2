package dev.runbook.etcd.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeSnapshotTest {
    private static final long BEYOND_TWO_GIB = 700_000;

    @TempDir
    private Path folder;

    /** A sparse file: the root page is behind a hole of 2.8 GB. */
    @Test
    void pagesBeyondTwoGibibytesAreRead() throws Exception {
        byte[] bytes = SampleSnapshots.bytes("etcd-3.4.23-mixed");
        ByteBuffer small = BboltEdits.of(bytes);
        int root = Math.toIntExact(BboltEdits.root(small) * BboltEdits.PAGE);
        byte[] moved = Arrays.copyOfRange(bytes, root, root + BboltEdits.PAGE);
        BboltEdits.of(moved).putLong(0, BEYOND_TWO_GIB);
        BboltEdits.setRoot(small, BEYOND_TWO_GIB, BEYOND_TWO_GIB + 1);
        Path large = folder.resolve("large.db");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.write(bytes, 0, bytes.length - 32);
            file.seek(BEYOND_TWO_GIB * BboltEdits.PAGE);
            file.write(moved);
        }

        try (SnapshotFile opened = SnapshotFile.open(large)) {
            assertThat(opened.size()).isGreaterThan(Integer.MAX_VALUE);
            assertThat(opened.summarizeUnhashed().status().totalKey()).isEqualTo(entries("etcd-3.4.23-mixed"));
            assertThat(RestoredStore.read(opened).unbumpedHash()).isEqualTo(3_756_085_080L);
        }
    }

    private long entries(String name) throws Exception {
        try (SnapshotFile opened = SnapshotFile.open(SampleSnapshots.file(name, folder))) {
            return opened.summarize().status().totalKey();
        }
    }
}
