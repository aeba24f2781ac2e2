package dev.runbook.etcd.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.google.protobuf.ByteString;
import dev.runbook.etcd.snapshot.SampleSnapshots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotDownloadTest {
    @TempDir
    private Path folder;

    @Property(tries = 60)
    void chunksOfAnySizeAreSaved(@ForAll @IntRange(min = 1, max = 30_000) int piece) throws Exception {
        Path target = Files.createTempDirectory("download").resolve("s.db");
        byte[] bytes = SampleSnapshots.bytes("etcd-3.5.16-fresh");
        SavedSnapshot saved = new SnapshotDownload(target).save(pieces(bytes, piece), received -> {});

        assertThat(Files.readAllBytes(target)).isEqualTo(bytes);
        assertThat(saved.size()).isEqualTo(bytes.length);
        assertThat(Files.getPosixFilePermissions(target)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Files.delete(target);
        Files.delete(target.getParent());
    }

    @Test
    void anIncompleteDownloadLeavesNoFile() throws Exception {
        byte[] bytes = SampleSnapshots.bytes("etcd-3.5.16-fresh");
        Path target = folder.resolve("s.db");

        refuses(target, pieces(Arrays.copyOf(bytes, bytes.length - 1), 999), "cut short");
        refuses(target, pieces(Arrays.copyOf(bytes, 512 + 32), 999), "SHA-256 does not match");
        refuses(target, List.<ByteString>of().iterator(), "0 bytes arrived");
        bytes[7000] ^= 1;
        refuses(target, pieces(bytes, 999), "SHA-256 does not match");
        assertThat(folder).isEmptyDirectory();
        assertThatIOException()
                .isThrownBy(() ->
                        new SnapshotDownload(folder.resolve("none/s.db")).save(pieces(bytes, 999), received -> {}));
    }

    private static Iterator<ByteString> pieces(byte[] bytes, int size) {
        List<ByteString> pieces = new ArrayList<>();
        for (int start = 0; start < bytes.length; start += size) {
            pieces.add(ByteString.copyFrom(bytes, start, Math.min(size, bytes.length - start)));
        }
        return pieces.iterator();
    }

    private static void refuses(Path target, Iterator<ByteString> pieces, String why) {
        assertThatExceptionOfType(EtcdFailure.class)
                .isThrownBy(() -> new SnapshotDownload(target).save(pieces, received -> {}))
                .withMessageContaining(why);
    }
}
