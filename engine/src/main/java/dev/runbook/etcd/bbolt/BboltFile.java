package dev.runbook.etcd.bbolt;

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
 * A bbolt database, with or without the trailer of a snapshot, opened for reading.
 *
 * <p>The file is mapped, of any size, and read at constant heap. Damage anywhere, and a file that shrinks while it is
 * read, ends in {@link BadSnapshot}. Several threads may use it; a {@link Cursor} belongs to one thread.
 */
public final class BboltFile implements AutoCloseable {
    private final Path path;
    private final Arena arena;
    private final MemorySegment file;
    private final Pages pages;

    private BboltFile(Path path, Arena arena, MemorySegment file, Pages pages) {
        this.path = path;
        this.arena = arena;
        this.file = file;
        this.pages = pages;
    }

    /**
     * Maps a file and checks its meta pages and its size.
     *
     * @throws BadSnapshot when it is no readable bbolt database
     */
    public static BboltFile open(Path path) throws BadSnapshot {
        Arena arena = Arena.ofShared();
        try {
            return of(path, arena, map(path, arena));
        } catch (BadSnapshot | RuntimeException | Error failure) {
            arena.close();
            throw failure;
        }
    }

    /** As {@link #open}, for bytes in memory; closing the result closes the arena. */
    public static BboltFile of(Path path, Arena arena, MemorySegment file) throws BadSnapshot {
        MetaPages.Choice choice = guarded(path, () -> MetaPages.choose(file));
        MetaPage meta = switch (choice) {
            case MetaPages.Refused(BadSnapshot.Fault fault) -> throw new BadSnapshot(path, fault);
            case MetaPages.Chosen(MetaPage chosen) -> chosen;
        };
        long size = file.byteSize();
        if (size < meta.usedBytes()) {
            throw new BadSnapshot(
                    path,
                    new BadSnapshot.Truncated(
                            size,
                            meta.usedBytes(),
                            "its meta page counts " + meta.highWater() + " pages of " + meta.pageSize() + " bytes"));
        }
        if (size % 512 != 0 && !hasTrailer(size)) {
            throw new BadSnapshot(path, new BadSnapshot.OddSize(size));
        }
        return new BboltFile(path, arena, file, new Pages(file, meta, Optional.empty()));
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
            throw new BadSnapshot(path, new BadSnapshot.Unreadable("no such file"));
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

    public Pages pages() {
        return pages;
    }

    /** The mapped file; offsets count from its start. */
    public MemorySegment bytes() {
        return file;
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
            if (MappedBytes.compare(cursor.key(), wanted) == 0) {
                return Optional.of(bucketAt(cursor));
            }
        }
        return Optional.empty();
    }

    /**
     * The bucket at the position of a cursor over {@link #root()}.
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public Bucket bucketAt(Cursor cursor) throws BadSnapshot {
        return guarded(() -> Bucket.at(this, pages, cursor));
    }

    /**
     * Hashes the whole file and compares its trailer.
     *
     * @throws BadSnapshot when the file shrinks meanwhile
     */
    public FileHash hash() throws BadSnapshot {
        long size = file.byteSize();
        return guarded(() -> FileHash.of(file, hasTrailer(size) ? size - FileHash.TRAILER : size));
    }

    /**
     * Reads, and names the file when a page of it is damaged.
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public <T> T guarded(Read<T> read) throws BadSnapshot {
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

    /** A piece of work that reads the mapping and may find a {@link DamagedPage}. */
    @FunctionalInterface
    public interface Read<T> {
        /**
         * Reads.
         *
         * @throws BadSnapshot when the file turns out to be damaged
         */
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
