package dev.runbook.etcd.snapshot;

import java.lang.foreign.MemorySegment;

/**
 * The pages of a bbolt file. Every number read is checked against the file before it is used.
 *
 * @param file the bytes without the trailer
 * @param meta the meta page that holds
 */
record Pages(MemorySegment file, Meta meta) {
    Pages {
        if (meta.usedBytes() > file.byteSize()) {
            throw new IllegalArgumentException("pages beyond the end of the file");
        }
    }

    /** The branch or leaf page of this number, with the pages that overflow from it. */
    Page page(long number) {
        if (number < 2 || number >= meta.highWater()) {
            throw new DamagedPage(
                    number, 0, "a page of this number is referred to, and there are only " + meta.highWater());
        }
        long offset = number * meta.pageSize();
        long itself = Bytes.little64(file, offset);
        if (itself != number) {
            throw new DamagedPage(number, offset, "it says that it is page " + Long.toUnsignedString(itself));
        }
        long pages = 1 + Bytes.unsigned32(file, offset + 12);
        if (pages > meta.highWater() - number) {
            throw new DamagedPage(number, offset + 12, "it spans " + pages + " pages, beyond the last one");
        }
        return Page.read(file.asSlice(offset, pages * meta.pageSize()), number, offset);
    }

    /** A bucket whose only page stands inside the bucket's value, which bbolt does for small ones. */
    Page inlinePage(MemorySegment page, long owner) {
        long offset = page.address() - file.address();
        if (page.byteSize() < Meta.HEADER) {
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
