package dev.runbook.etcd.bbolt;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A bucket of the database: keys in byte order, each with a value. It stays readable while its {@link BboltFile} is
 * open.
 */
public final class Bucket {
    private static final int HEADER = 16;

    private final Pages pages;
    private final BboltFile owner;
    private final Page root;

    private Bucket(BboltFile owner, Pages pages, Page root) {
        this.owner = owner;
        this.pages = pages;
        this.root = root;
    }

    public static Bucket rootOf(BboltFile owner, Pages pages) {
        return new Bucket(owner, pages, pages.page(pages.meta().rootPage()));
    }

    /** The bucket at the position of a cursor. */
    public static Bucket at(BboltFile owner, Pages pages, Cursor cursor) {
        MemorySegment value = cursor.rawValue();
        if (!cursor.isBucket()) {
            throw cursor.damaged("a value instead of a bucket");
        }
        if (value.byteSize() < HEADER) {
            throw cursor.damaged("a bucket of " + value.byteSize() + " bytes has no header");
        }
        long rootPage = MappedBytes.little64(value, 0);
        Page root = rootPage == 0 ? pages.inlinePage(value.asSlice(HEADER), cursor.page()) : pages.page(rootPage);
        return new Bucket(owner, pages, root);
    }

    /** The root page of its tree. */
    public Page root() {
        return root;
    }

    /** A cursor before the first entry. */
    public Cursor cursor() {
        return new Cursor(owner, pages, root);
    }

    /**
     * Passes every entry to a visitor, in byte order of the keys, at constant heap.
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public void forEach(EntryVisitor visitor) throws BadSnapshot {
        owner.<Boolean>guarded(() -> {
            Cursor cursor = cursor();
            while (cursor.next()) {
                visitor.visit(cursor.key(), cursor.value());
            }
            return true;
        });
    }

    /**
     * The value of a key, by a linear search: meant for the small buckets.
     *
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public Optional<byte[]> get(byte[] key) throws BadSnapshot {
        MemorySegment wanted = MemorySegment.ofArray(key);
        Cursor cursor = cursor();
        while (cursor.next()) {
            if (MappedBytes.compare(cursor.key(), wanted) == 0) {
                return Optional.of(MappedBytes.copy(cursor.value()));
            }
        }
        return Optional.empty();
    }

    /** Visits the entries of a bucket. Key and value are views into the file, valid while it is open. */
    @FunctionalInterface
    public interface EntryVisitor {
        /**
         * Visits one entry.
         *
         * @throws BadSnapshot when the file turns out to be damaged
         */
        void visit(MemorySegment key, MemorySegment value) throws BadSnapshot;
    }
}
