package dev.runbook.etcd.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.runbook.etcd.bbolt.BadSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Any damaged file is either read, or rejected as a bad snapshot, within seconds. */
class SnapshotDamagePropertyTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static byte[] good = new byte[0];
    private static Path file = Path.of("unset");

    @BeforeContainer
    static void unpack() throws IOException {
        good = SampleSnapshots.bytes("etcd-3.4.23-mixed");
        file = Files.createTempFile("damaged", ".db");
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.delete(file);
    }

    @Property(tries = 300)
    void cutAnywhere(@ForAll @IntRange(min = 0, max = 106_527) int size) {
        readOrReject(Arrays.copyOf(good, size));
    }

    @Property(tries = 1500)
    void bitsFlippedAnywhere(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 106_495) Integer> places,
            @ForAll @IntRange(min = 0, max = 7) int bit) {
        byte[] bytes = good.clone();
        places.forEach(place -> bytes[place] ^= (byte) (1 << bit));
        readOrReject(bytes);
    }

    /** The first bytes of pages control most of the walk. */
    @Property(tries = 3000)
    void numbersReplacedInPageHeaders(
            @ForAll @IntRange(min = 0, max = 25) int page,
            @ForAll @IntRange(min = 0, max = 80) int offset,
            @ForAll byte value,
            @ForAll byte next) {
        byte[] bytes = good.clone();
        bytes[page * 4096 + offset] = value;
        bytes[page * 4096 + offset + 1] = next;
        readOrReject(bytes);
    }

    private static void readOrReject(byte[] bytes) {
        long start = System.nanoTime();
        try {
            Files.write(file, bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        assertThatCode(() -> {
                    try (SnapshotFile opened = SnapshotFile.open(file)) {
                        opened.summarize();
                        RestoredStore.read(opened).predict(OptionalLong.of(1000));
                    }
                })
                .satisfies(thrown -> assertThat(thrown == null || thrown instanceof BadSnapshot)
                        .as("%s", thrown)
                        .isTrue());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
    }
}
