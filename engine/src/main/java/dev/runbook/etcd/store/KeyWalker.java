package dev.runbook.etcd.store;

import dev.runbook.etcd.bbolt.DamagedPage;
import dev.runbook.etcd.bbolt.LeafBuffer;
import dev.runbook.etcd.bbolt.Page;
import dev.runbook.etcd.bbolt.Pages;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks, counts and hashes the entries below a page of the bucket {@code key}. For one subtree and one thread. */
final class KeyWalker {
    private static final int MAX_DEPTH = 64;
    private static final int BUCKET_FLAG = 1;

    private final Pages pages;
    private final MemorySegment file;
    private final LiveKeyCounter liveKeys;
    private final Function<String, DamagedPage> damaged = this::damaged;
    private final LeafBuffer leaf;
    private final EntryHead head = new EntryHead();
    private final Crc32c checksum = new Crc32c();
    private @Nullable KeyRevision previous;
    private int index;
    private long entries;
    private long bytes;
    private long bump = -1;

    KeyWalker(Pages pages, LiveKeyCounter liveKeys) {
        this.pages = pages;
        this.file = pages.file();
        this.liveKeys = liveKeys;
        this.leaf = new LeafBuffer(pages);
    }

    KeyTotals walk(KeySubtree tree) {
        walkSubtree(tree, 0);
        return totals();
    }

    /** Walks a bucket of one page. */
    KeyTotals walk(Page only) {
        leaf.read(only);
        walkEntries(KeySubtree.root(only.number()));
        return totals();
    }

    private KeyTotals totals() {
        return new KeyTotals(entries, bytes, checksum.value(), previous == null ? -1 : previous.main(), bump);
    }

    private void walkSubtree(KeySubtree tree, int depth) {
        if (leaf.read(tree.page())) {
            walkEntries(tree);
            return;
        }
        Page branch = pages.page(tree.page());
        if (depth == MAX_DEPTH) {
            throw branch.damaged(0, "the tree is deeper than " + MAX_DEPTH + " pages");
        }
        for (int child = 0; child < branch.count(); child++) {
            walkSubtree(tree.child(branch, child), depth + 1);
        }
    }

    /** bbolt writes the keys and values of a page one after the other, so adjacent ones are hashed together. */
    private void walkEntries(KeySubtree tree) {
        long start = 0;
        long limit = 0;
        for (index = 0; index < leaf.count(); index++) {
            long key = leaf.key(index);
            long value = key + leaf.keyLength(index);
            long end = value + leaf.valueLength(index);
            if (end > leaf.end()) {
                throw damaged("an element ends beyond the page");
            }
            if (key != limit) {
                hash(start, limit);
                start = key;
            }
            limit = end;
            KeyRevision revision = readEntry(key, value, end);
            if ((index == 0 || index == leaf.count() - 1) && !tree.holds(revision)) {
                throw damaged(DamagedPage.OUTSIDE_BRANCH);
            }
        }
        hash(start, limit);
    }

    private void hash(long start, long end) {
        if (end > start) {
            if (leaf.has(start, end)) {
                checksum.update(leaf.bytes(), (int) (start - leaf.offset()), (int) (end - start));
            } else {
                checksum.update(file.asSlice(start, end - start));
            }
            bytes += end - start;
        }
    }

    private KeyRevision readEntry(long key, long value, long end) {
        head.read(leaf, file, key, end);
        if ((leaf.flags(index) & BUCKET_FLAG) != 0 || !head.isRevision(value - key)) {
            throw damaged(KeyRevision.NOT_A_REVISION);
        }
        KeyRevision revision = new KeyRevision(head.main(), head.sub(), value - key == KeyRevision.TOMBSTONE);
        if (previous != null && previous.compareTo(revision) >= 0) {
            throw damaged("its key is not greater than the previous key");
        }
        previous = revision;
        entries++;
        LeafElement element = new LeafElement(file, leaf.element(index));
        if (head.findName((int) (value - key), end - value)) {
            liveKeys.put(head.hash(liveKeys.seed()), element, revision, key + head.name(), head.nameLength());
            return revision;
        }
        KeyNameSpan name = KeyNameSpan.of(file, value, end, damaged);
        if (name.length() > 0) {
            liveKeys.put(
                    KeyNameHash.of(file, name.start(), name.length(), liveKeys.seed()),
                    element,
                    revision,
                    name.start(),
                    name.length());
        } else if (value == end && !revision.tombstone()) {
            bump = revision.main();
        }
        return revision;
    }

    private DamagedPage damaged(String what) {
        return new DamagedPage(leaf.number(), leaf.element(index), "element " + index + ": " + what);
    }
}
