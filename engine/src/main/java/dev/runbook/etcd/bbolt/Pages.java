package dev.runbook.etcd.bbolt;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The pages of a bbolt file. Every number read is checked against the file before it is used.
 *
 * @param file the bytes without the trailer
 * @param meta the current meta page
 * @param visited marks every page that is read; empty when no walk needs it
 */
public record Pages(MemorySegment file, MetaPage meta, Optional<PageBitmap> visited) {
    public Pages {
        if (meta.usedBytes() > file.byteSize()) {
            throw new IllegalArgumentException("pages beyond the end of the file");
        }
    }

    /** For one walk, which must visit each page once. */
    public Pages marking(PageBitmap map) {
        return new Pages(file, meta, Optional.of(map));
    }

    /** The branch or leaf page of this number, with the pages that overflow from it. */
    public Page page(long number) {
        MemorySegment bytes = raw(number);
        markVisited(number, bytes.byteSize() / meta.pageSize());
        return Page.read(bytes, number, number * meta.pageSize());
    }

    /** Marks pages as visited by the walk. */
    void markVisited(long first, long count) {
        if (visited.isPresent()) {
            visited.get().mark(first, count);
        }
    }

    /** The bytes of a page of any kind with those that overflow from it. */
    public MemorySegment raw(long number) {
        if (number < 2 || number >= meta.highWater()) {
            throw new DamagedPage(
                    number, 0, "an element refers to a page of this number, but there are only " + meta.highWater());
        }
        long offset = number * meta.pageSize();
        long itself = MappedBytes.little64(file, offset);
        if (itself != number) {
            throw new DamagedPage(number, offset, "its header has page number " + Long.toUnsignedString(itself));
        }
        long pages = 1 + MappedBytes.unsigned32(file, offset + 12);
        if (pages > meta.highWater() - number) {
            throw new DamagedPage(number, offset + 12, "it spans " + pages + " pages, beyond the last one");
        }
        return file.asSlice(offset, pages * meta.pageSize());
    }

    /** The page of a small bucket, which bbolt stores inside the bucket's value. */
    Page inlinePage(MemorySegment page, long owner) {
        long offset = page.address() - file.address();
        if (page.byteSize() < MetaPage.HEADER) {
            throw new DamagedPage(
                    owner, offset, "an inline bucket of " + page.byteSize() + " bytes has no page header");
        }
        Page inline = Page.read(page, owner, offset);
        if (inline.branch()) {
            throw new DamagedPage(owner, offset, "an inline bucket is a branch page");
        }
        return inline;
    }
}
