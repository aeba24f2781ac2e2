package dev.runbook.etcd.store;

import dev.runbook.etcd.bbolt.DamagedPage;
import dev.runbook.etcd.bbolt.LeafBuffer;
import dev.runbook.etcd.bbolt.Page;
import dev.runbook.etcd.bbolt.Pages;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks, counts and hashes what stands below a page of the bucket {@code key}. For one part and one thread. */
final class KeyWalker {
    private static final int MAX_DEPTH = 64;
    private static final int FLAGGED = 1;

    private final Pages pages;
    private final MemorySegment file;
    private final LiveKeyCounter names;
    private final Function<String, DamagedPage> damaged = this::damaged;
    private final LeafBuffer leaf;
    private final EntryHead head = new EntryHead();
    private final Crc32c checksum = new Crc32c();
    private @Nullable KeyRevision previous;
    private int index;
    private long entries;
    private long bytes;
    private long bump = -1;

    KeyWalker(Pages pages, LiveKeyCounter names) {
        this.pages = pages;
        this.file = pages.file();
        this.names = names;
        this.leaf = new LeafBuffer(pages);
    }

    KeyTotals walk(KeySubtree tree) {
        below(tree, 0);
        return part();
    }

    /** A bucket of one page. */
    KeyTotals walk(Page only) {
        leaf.read(only);
        entries(KeySubtree.root(only.number()));
        return part();
    }

    private KeyTotals part() {
        return new KeyTotals(entries, bytes, checksum.value(), previous == null ? -1 : previous.main(), bump);
    }

    private void below(KeySubtree tree, int depth) {
        if (leaf.read(tree.page())) {
            entries(tree);
            return;
        }
        Page branch = pages.page(tree.page());
        if (depth == MAX_DEPTH) {
            throw branch.damaged(0, "the tree is deeper than " + MAX_DEPTH + " pages");
        }
        for (int child = 0; child < branch.count(); child++) {
            below(tree.child(branch, child), depth + 1);
        }
    }

    /** bbolt writes the keys and values of a page one after the other, so that they are hashed in one go. */
    private void entries(KeySubtree tree) {
        long runStart = 0;
        long runEnd = 0;
        for (index = 0; index < leaf.count(); index++) {
            long key = leaf.key(index);
            long value = key + leaf.keyLength(index);
            long end = value + leaf.valueLength(index);
            if (end > leaf.end()) {
                throw damaged("an element ends beyond the page");
            }
            if (key != runEnd) {
                hash(runStart, runEnd);
                runStart = key;
            }
            runEnd = end;
            KeyRevision revision = entry(key, value, end);
            if ((index == 0 || index == leaf.count() - 1) && !tree.holds(revision)) {
                throw damaged(DamagedPage.OUTSIDE_BRANCH);
            }
        }
        hash(runStart, runEnd);
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

    private KeyRevision entry(long key, long value, long end) {
        head.read(leaf, file, key, end);
        if ((leaf.flags(index) & FLAGGED) != 0 || !head.isRevision(value - key)) {
            throw damaged(KeyRevision.NONE);
        }
        KeyRevision revision = new KeyRevision(head.main(), head.sub(), value - key == KeyRevision.TOMBSTONE);
        if (previous != null && previous.compareTo(revision) >= 0) {
            throw damaged("its key does not come after the one before it");
        }
        previous = revision;
        entries++;
        LeafElement element = new LeafElement(file, leaf.element(index));
        if (head.findName((int) (value - key), end - value)) {
            names.put(head.hash(names.seed()), element, revision, key + head.name(), head.nameLength());
            return revision;
        }
        KeyNameSpan name = KeyNameSpan.of(file, value, end, damaged);
        if (name.length() > 0) {
            names.put(
                    KeyNameHash.of(file, name.start(), name.length(), names.seed()),
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
