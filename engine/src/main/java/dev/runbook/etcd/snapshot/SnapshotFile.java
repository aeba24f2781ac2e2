package dev.runbook.etcd.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A snapshot that {@code etcdctl snapshot save} wrote, or a copied {@code member/snap/db} of a stopped member, opened
 * for reading.
 *
 * <p>The file is mapped, of any size, and read at constant heap. Damage anywhere, and a file that shrinks while it is
 * read, ends in {@link BadSnapshot}. May be used by several threads; a {@link Cursor} by one.
 */
public final class SnapshotFile implements AutoCloseable {
    private final Path path;
    private final Arena arena;
    private final MemorySegment file;
    private final Pages pages;

    private SnapshotFile(Path path, Arena arena, MemorySegment file, Pages pages) {
        this.path = path;
        this.arena = arena;
        this.file = file;
        this.pages = pages;
    }

    /**
     * Opens a file and checks its frame: meta pages, size, and that it is etcd's. It does not check the trailing SHA-256,
     * which takes the time of reading everything: {@link #summarize()} does.
     *
     * @throws BadSnapshot when it is no readable snapshot
     */
    public static SnapshotFile open(Path path) throws BadSnapshot {
        Arena arena = Arena.ofShared();
        try {
            return of(path, arena, map(path, arena));
        } catch (BadSnapshot | RuntimeException | Error failure) {
            arena.close();
            throw failure;
        }
    }

    /** As {@link #open}, for bytes that are at hand; the arena is closed with the result. */
    static SnapshotFile of(Path path, Arena arena, MemorySegment file) throws BadSnapshot {
        Metas.Choice choice = guarded(path, () -> Metas.choose(file));
        Meta meta = switch (choice) {
            case Metas.Refused(BadSnapshot.Fault fault) -> throw new BadSnapshot(path, fault);
            case Metas.Chosen(Meta chosen) -> chosen;
        };
        long size = file.byteSize();
        if (size < meta.usedBytes()) {
            throw new BadSnapshot(
                    path,
                    new BadSnapshot.Truncated(
                            size,
                            meta.usedBytes(),
                            "it says that it has " + meta.highWater() + " pages of " + meta.pageSize() + " bytes"));
        }
        if (size % 512 != 0 && !hasTrailer(size)) {
            throw new BadSnapshot(path, new BadSnapshot.OddSize(size));
        }
        SnapshotFile opened = new SnapshotFile(path, arena, file, new Pages(file, meta, Optional.empty()));
        opened.require("key");
        opened.require("meta");
        return opened;
    }

    private static MemorySegment map(Path path, Arena arena) throws BadSnapshot {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw new BadSnapshot(path, new BadSnapshot.NotAFile("directory"));
            }
            if (!attributes.isRegularFile()) {
                throw new BadSnapshot(path, new BadSnapshot.NotAFile("device, pipe or socket"));
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                if (channel.size() == 0) {
                    throw new BadSnapshot(path, new BadSnapshot.Empty());
                }
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            }
        } catch (NoSuchFileException missing) {
            throw new BadSnapshot(path, new BadSnapshot.Unreadable("there is no such file"));
        } catch (AccessDeniedException denied) {
            throw new BadSnapshot(path, new BadSnapshot.Unreadable("permission denied"));
        } catch (IOException failure) {
            throw new BadSnapshot(path, new BadSnapshot.Unreadable(String.valueOf(failure.getMessage())));
        }
    }

    public Path path() {
        return path;
    }

    /** Bytes, trailer included. */
    public long size() {
        return file.byteSize();
    }

    /** Bytes a page has, a power of two. */
    public int pageSize() {
        return pages.meta().pageSize();
    }

    /** ID of bbolt's last transaction. */
    public long transaction() {
        return pages.meta().transaction();
    }

    /** Bytes of the pages in use, which {@code snapshot status} prints as total size. */
    public long totalSize() {
        return pages.meta().usedBytes();
    }

    /**
     * The bucket that holds the buckets.
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public Bucket root() throws BadSnapshot {
        return guarded(() -> Bucket.rootOf(this, pages));
    }

    /**
     * A bucket by its name: {@code key}, {@code meta}, {@code members}, ...
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public Optional<Bucket> bucket(String name) throws BadSnapshot {
        MemorySegment wanted = MemorySegment.ofArray(name.getBytes(UTF_8));
        Cursor cursor = root().cursor();
        while (cursor.next()) {
            if (Bytes.compare(cursor.key(), wanted) == 0) {
                return Optional.of(bucketAt(cursor));
            }
        }
        return Optional.empty();
    }

    /**
     * The bucket at which a cursor over {@link #root()} stands.
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public Bucket bucketAt(Cursor cursor) throws BadSnapshot {
        return guarded(() -> Bucket.at(this, pages, cursor));
    }

    /**
     * Reads the whole file: its hashes and what it holds.
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public SnapshotSummary summarize() throws BadSnapshot {
        return summarize(true, size() < Summarizer.WORTH_THREADS);
    }

    /**
     * As {@link #summarize()} without any SHA-256, which takes longer than all the rest: bytes of keys or values that were
     * changed after the file was saved go unnoticed.
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public SnapshotSummary summarizeUnhashed() throws BadSnapshot {
        return summarize(false, size() < Summarizer.WORTH_THREADS);
    }

    SnapshotSummary summarize(boolean hashed, boolean alone) throws BadSnapshot {
        return new Summarizer(this, pages).summarize(hashed, alone);
    }

    /**
     * What HashKV of a member with this store answers for a revision.
     *
     * @param revision not below what is compacted, and not beyond the last one
     * @throws BadSnapshot when there is no such revision, or the file turns out to be damaged
     */
    public HashPrediction hashKv(long revision) throws BadSnapshot {
        return new StoreReader(this).hashAt(revision);
    }

    /** Without the trailer or with it: offsets are from here. */
    MemorySegment bytes() {
        return file;
    }

    void checkRevision(long revision, long compacted, long last) throws BadSnapshot {
        if (revision < 1 || revision < compacted || revision > Math.max(last, Math.max(compacted, 1))) {
            throw new BadSnapshot(path, new BadSnapshot.NoSuchRevision(revision, compacted, last));
        }
    }

    /** A member finishes at its start the compaction that was scheduled last; -1 when there was none. */
    long compactRevision() throws BadSnapshot {
        long compacted = -1;
        Cursor cursor = require("meta").cursor();
        while (cursor.next()) {
            String name = Bytes.text(cursor.key());
            if (name.equals("scheduledCompactRev") || name.equals("finishedCompactRev")) {
                compacted = Math.max(compacted, KeyRevision.storedMain(cursor));
            }
        }
        return compacted;
    }

    FileHash hash() throws BadSnapshot {
        long size = file.byteSize();
        return guarded(() -> FileHash.of(file, hasTrailer(size) ? size - FileHash.TRAILER : size));
    }

    Bucket require(String name) throws BadSnapshot {
        return bucket(name).orElseThrow(() -> new BadSnapshot(path, new BadSnapshot.NotEtcd(name)));
    }

    <T> T guarded(Read<T> read) throws BadSnapshot {
        return guarded(path, read);
    }

    private static <T> T guarded(Path path, Read<T> read) throws BadSnapshot {
        try {
            return read.read();
        } catch (DamagedPage damaged) {
            throw new BadSnapshot(path, damaged.damage());
        } catch (InternalError fault) {
            // The JVM's answer to SIGBUS: the file became shorter than its mapping, or the disk failed.
            throw new BadSnapshot(path, new BadSnapshot.ChangedWhileRead(String.valueOf(fault.getMessage())));
        }
    }

    /** Something that reads the mapping, and may meet damage. */
    @FunctionalInterface
    interface Read<T> {
        T read() throws BadSnapshot;
    }

    private static boolean hasTrailer(long size) {
        return size % 512 == FileHash.TRAILER;
    }

    /** Unmaps the file; its buckets and cursors can no longer be used. */
    @Override
    public void close() {
        arena.close();
    }
}
