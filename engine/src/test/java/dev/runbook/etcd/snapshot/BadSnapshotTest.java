package dev.runbook.etcd.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runbook.etcd.bbolt.BadSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadSnapshotTest {
    private static final int PAGE = 4096;

    @TempDir
    private Path folder;

    @Test
    void aPathThatIsNotAReadableFile() {
        assertThat(fault(folder)).isEqualTo(new BadSnapshot.NotAFile("directory"));
        assertThat(fault(folder.resolve("none"))).isEqualTo(new BadSnapshot.Unreadable("no such file"));
        assertThat(fault(Path.of("/dev/null"))).isInstanceOf(BadSnapshot.NotAFile.class);
    }

    @Test
    void aFileThatIsNotASnapshot() throws Exception {
        assertThat(fault(new byte[0])).isEqualTo(new BadSnapshot.Empty());
        assertThat(fault("hello".getBytes(StandardCharsets.UTF_8))).isInstanceOf(BadSnapshot.NotBbolt.class);
        assertThat(fault(new byte[PAGE * 4])).isInstanceOf(BadSnapshot.NotBbolt.class);
    }

    @Test
    void aCompressedSnapshotNamesItsFormat() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(good());
        }

        assertThat(fault(packed.toByteArray())).isEqualTo(new BadSnapshot.Compressed("gzip", "gunzip"));
        assertThat(fault(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2, 3})
                        .text())
                .contains("zstd")
                .contains("unzstd");
    }

    @Test
    void aTruncatedSnapshotReportsItsSize() throws Exception {
        assertThat(fault(Arrays.copyOf(good(), PAGE * 13)).text())
                .isEqualTo("is truncated: 53248 of at least 106496 bytes (50%); "
                        + "its meta page counts 26 pages of 4096 bytes");
        assertThat(fault(Arrays.copyOf(good(), good().length - 1))).isInstanceOf(BadSnapshot.OddSize.class);
    }

    @Test
    void oneDamagedMetaPageIsTolerated() throws Exception {
        for (int page = 0; page < 2; page++) {
            byte[] bytes = good();
            bytes[page * PAGE + 30] ^= 1;
            try (SnapshotFile opened = SnapshotFile.open(write(bytes))) {
                assertThat(opened.pageSize()).isEqualTo(PAGE);
            }
        }
    }

    @Test
    void twoDamagedMetaPagesAreReported() throws Exception {
        byte[] bytes = good();
        bytes[30] ^= 1;
        bytes[PAGE + 30] ^= 1;

        assertThat(fault(bytes).text()).contains("two damaged meta pages").contains("wrong checksum at byte 72");
    }

    @Test
    void anotherProgramsDatabaseIsNotASnapshot() throws Exception {
        byte[] bytes = good();
        ByteBuffer file = BboltEdits.of(bytes);
        file.putShort(Math.toIntExact(BboltEdits.root(file) * PAGE) + 10, (short) 0);

        assertThat(fault(bytes)).isEqualTo(new BadSnapshot.NotEtcd("key"));
    }

    @Test
    void damageIsReportedWithItsPage() throws Exception {
        byte[] bytes = good();
        ByteBuffer file = BboltEdits.of(bytes);
        long root = BboltEdits.root(file);
        file.putLong(Math.toIntExact(root * PAGE), 99);

        assertThat(fault(bytes)).isEqualTo(new BadSnapshot.Damaged(root, root * PAGE, "its header has page number 99"));
    }

    private byte[] good() throws Exception {
        return SampleSnapshots.bytes("etcd-3.4.23-mixed");
    }

    private Path write(byte[] bytes) throws Exception {
        return Files.write(folder.resolve("file"), bytes);
    }

    private BadSnapshot.Fault fault(byte[] bytes) throws Exception {
        return fault(write(bytes));
    }

    private static BadSnapshot.Fault fault(Path path) {
        BadSnapshot[] thrown = new BadSnapshot[1];
        assertThatExceptionOfType(BadSnapshot.class)
                .isThrownBy(() -> SnapshotFile.open(path).close())
                .satisfies(bad -> thrown[0] = bad);
        return thrown[0].fault();
    }
}
