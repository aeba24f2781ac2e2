package dev.runbook.etcd.bbolt;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Walks the entries of a {@link Bucket} in byte order of the keys, at constant heap. For one thread.
 *
 * <p>A damaged tree can have cycles, so the walk fails when it has seen more pages than the file has, when it gets too
 * deep, or when keys do not ascend.
 */
public final class Cursor {
    /** A bbolt tree of 2^63 bytes is less deep. */
    private static final int MAX_DEPTH = 64;

    private final BboltFile owner;
    private final Pages pages;
    private final Deque<Frame> path = new ArrayDeque<>();
    private long pagesSeen;
    private @Nullable MemorySegment previous;

    Cursor(BboltFile owner, Pages pages, Page root) {
        this.owner = owner;
        this.pages = pages;
        path.push(new Frame(root, Subtree.root(root.number())));
    }

    /**
     * Moves to the next entry.
     *
     * @return false after the last one
     * @throws BadSnapshot when the file turns out to be damaged
     */
    public boolean next() throws BadSnapshot {
        return owner.<Boolean>guarded(this::step);
    }

    /** The key of the entry, a view into the file, valid while it is open. */
    public MemorySegment key() {
        return current().page.key(current().index);
    }

    /** The value of the entry, a view into the file, valid while it is open; undefined for a bucket. */
    public MemorySegment value() {
        return rawValue();
    }

    /** Whether the entry is a bucket, which only the root bucket has. */
    public boolean isBucket() {
        return current().page.bucket(current().index);
    }

    MemorySegment rawValue() {
        return current().page.value(current().index);
    }

    /** Where the key starts, in bytes from the start of the file; its value follows it. */
    public long offset() {
        return current().page.keyOffset(current().index);
    }

    public long keyLength() {
        return current().page.keyLength(current().index);
    }

    public long valueLength() {
        return current().page.valueLength(current().index);
    }

    long page() {
        return current().page.number();
    }

    public DamagedPage damaged(String what) {
        return current().page.damaged(current().index, what);
    }

    /** As {@link #next}, for callers inside {@link BboltFile#guarded}. */
    public boolean step() {
        for (Frame frame = path.peek(); frame != null; frame = path.peek()) {
            frame.index++;
            if (frame.index >= frame.page.count()) {
                path.pop();
            } else if (frame.page.branch()) {
                descend(frame);
            } else {
                checkEntry(frame);
                return true;
            }
        }
        return false;
    }

    private void descend(Frame frame) {
        pagesSeen++;
        if (pagesSeen > pages.meta().highWater()) {
            throw frame.page.damaged(frame.index, "the tree refers to a page twice");
        }
        if (path.size() >= MAX_DEPTH) {
            throw frame.page.damaged(frame.index, "the tree is deeper than " + MAX_DEPTH + " pages");
        }
        Subtree child = frame.bounds.child(frame.page, frame.index);
        path.push(new Frame(pages.page(child.page()), child));
    }

    private void checkEntry(Frame frame) {
        MemorySegment key = frame.page.key(frame.index);
        frame.page.value(frame.index);
        if (previous != null && MappedBytes.compare(previous, key) >= 0) {
            throw frame.page.damaged(frame.index, "its key is not greater than the previous key");
        }
        if (frame.index == 0) {
            frame.bounds.checkLeaf(frame.page);
        }
        previous = key;
    }

    private Frame current() {
        Frame frame = path.peek();
        if (frame == null || frame.index < 0) {
            throw new IllegalStateException("the cursor is not at an entry");
        }
        return frame;
    }

    /** A page on the path from the root, and the current element in it. */
    private static final class Frame {
        private final Page page;
        private final Subtree bounds;
        private int index = -1;

        private Frame(Page page, Subtree bounds) {
            this.page = page;
            this.bounds = bounds;
        }
    }
}
