package dev.runbook.etcd.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.bbolt.BboltFile;
import dev.runbook.etcd.objects.ObjectKey;
import dev.runbook.etcd.objects.StoredObject;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files with random damage in sensitive places. Two thousand of them, or {@code -Dfuzz.inputs}, from {@code -Dfuzz.seed}; a
 * failure names the seed of its input.
 */
class SnapshotFuzzTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int PAGE = 4096;
    private static final String[] GOOD = {
        "etcd-3.4.23-alarm",
        "etcd-3.5.16-fresh",
        "etcd-3.5.16-deleted",
        "etcd-3.5.16-deleted-compacted",
        "etcd-3.4.23-mixed",
        "etcd-3.5.16-mixed",
        "etcd-3.5.16-bumped"
    };
    /** The first files are small, so that millions of inputs take minutes; only one input in {@link #LARGE_ONE_IN} is large. */
    private static final int SMALL = 4;

    private static final int LARGE_ONE_IN = 16;
    private static final long[] NUMBERS = {
        0, 1, 2, 3, 15, 16, 17, 0x7f, 0x80, 0xff, 0xffff, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL, Long.MAX_VALUE, -1
    };

    @TempDir
    private Path folder;

    @Test
    void everyInputIsReadOrRejectedWithinTheLimit() throws Exception {
        long inputs = Long.getLong("fuzz.inputs", 2000);
        long first = Long.getLong("fuzz.seed", 1);
        byte[][] good = new byte[GOOD.length][];
        for (int number = 0; number < GOOD.length; number++) {
            good[number] = SampleSnapshots.bytes(GOOD[number]);
        }
        long rejected = 0;
        for (long seed = first; seed < first + inputs; seed++) {
            Random random = new Random(seed);
            int chosen = seed % LARGE_ONE_IN == 0 ? SMALL + random.nextInt(GOOD.length - SMALL) : random.nextInt(SMALL);
            byte[] damaged = damage(random, good[chosen].clone());
            boolean isRejected = !readWithinLimit(damaged, seed);
            rejected += isRejected ? 1 : 0;
        }
        // Damage that is never detected would mean that the reader checks nothing.
        assertThat(rejected).isGreaterThan(inputs / 10).isLessThan(inputs);
    }

    /** Two attempts, because a pause of the machine may delay one. */
    private boolean readWithinLimit(byte[] damaged, long seed) throws IOException {
        for (int attempt = 1; attempt <= 2; attempt++) {
            long start = System.nanoTime();
            boolean isRead = read(damaged, seed);
            if (System.nanoTime() - start < LIMIT.toNanos()) {
                return isRead;
            }
        }
        throw new AssertionError("seed " + seed + " took longer than " + LIMIT);
    }

    private boolean read(byte[] bytes, long seed) throws IOException {
        try (SnapshotFile opened = open(bytes, seed)) {
            opened.summarize(seed % 8 == 0, seed % 64 != 0);
            RestoredStore.read(opened).predict(OptionalLong.of(1000));
            try (StoreView view = StoreView.latest(opened)) {
                view.forEach(key -> {
                    ObjectKey.of(key.nameText());
                    StoredObject.of(key.valueBytes());
                });
            }
            return true;
        } catch (BadSnapshot rejected) {
            return false;
        } catch (RuntimeException | Error crash) {
            throw new AssertionError("seed " + seed, crash);
        }
    }

    /** Mostly from memory, because writing a file takes longer than reading it. */
    private SnapshotFile open(byte[] bytes, long seed) throws IOException, BadSnapshot {
        if (seed % 256 == 0) {
            return SnapshotFile.open(Files.write(folder.resolve("damaged.db"), bytes));
        }
        // Shared only where several threads read.
        Arena arena = seed % 64 == 0 ? Arena.ofShared() : Arena.ofConfined();
        try {
            MemorySegment file = arena.allocate(Math.max(1, bytes.length), Long.BYTES);
            MemorySegment.copy(bytes, 0, file, ValueLayout.JAVA_BYTE, 0, bytes.length);
            return SnapshotFile.of(BboltFile.of(folder.resolve("damaged.db"), arena, file));
        } catch (BadSnapshot | RuntimeException | Error failure) {
            arena.close();
            throw failure;
        }
    }

    private static byte[] damage(Random random, byte[] bytes) {
        byte[] damaged = bytes;
        for (int times = random.nextInt(3) + 1; times > 0; times--) {
            damaged = once(random, damaged);
        }
        return damaged;
    }

    private static byte[] once(Random random, byte[] bytes) {
        int pages = bytes.length / PAGE;
        if (pages < 4) {
            return bytes;
        }
        ByteBuffer file = BboltEdits.of(bytes);
        int page = random.nextInt(pages) * PAGE;
        switch (random.nextInt(8)) {
            case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> file.putLong(page + random.nextInt(3) * 8, number(random));
            case 2 -> file.putShort(page + 8 + random.nextInt(2) * 2, (short) number(random));
            case 3, 4 -> file.putInt(page + 16 + random.nextInt(80) * 4, (int) number(random));
            case 5 -> System.arraycopy(bytes, random.nextInt(pages) * PAGE, bytes, page, PAGE);
            case 6 -> BboltEdits.setRoot(file, random.nextInt(pages), pages);
            default -> {
                if (random.nextInt(4) == 0) {
                    return Arrays.copyOf(bytes, random.nextInt(bytes.length));
                }
                file.putLong(page + 24 + random.nextInt(30) * 16, random.nextInt(pages));
            }
        }
        return bytes;
    }

    private static long number(Random random) {
        return random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextInt(5000);
    }
}
