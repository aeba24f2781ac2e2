package dev.runbook.etcd.bbolt;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A page that a branch refers to, and the range in which all of its keys must be, because a search relies on it (bbolt:
 * tx_check.go).
 *
 * @param minimum the lowest key allowed; empty for any
 * @param limit all keys must be lower; empty for any
 */
record Subtree(long page, Optional<MemorySegment> minimum, Optional<MemorySegment> limit) {
    static Subtree root(long page) {
        return new Subtree(page, Optional.empty(), Optional.empty());
    }

    /** The subtree of an element of this subtree's page, which is a branch. */
    Subtree child(Page branch, int index) {
        MemorySegment key = branch.key(index);
        Optional<MemorySegment> next = index + 1 < branch.count() ? Optional.of(branch.key(index + 1)) : limit;
        check(branch, index, key);
        if (next.isPresent() && MappedBytes.compare(key, next.get()) >= 0) {
            throw branch.damaged(index, "its key is not less than the next key");
        }
        return new Subtree(branch.child(index), Optional.of(key), next);
    }

    /** Checks the first and the last key of a leaf, because its keys ascend. */
    void checkLeaf(Page leaf) {
        if (leaf.count() > 0) {
            check(leaf, 0, leaf.key(0));
            check(leaf, leaf.count() - 1, leaf.key(leaf.count() - 1));
        }
    }

    private void check(Page at, int index, MemorySegment key) {
        if ((minimum.isPresent() && MappedBytes.compare(minimum.get(), key) > 0)
                || (limit.isPresent() && MappedBytes.compare(key, limit.get()) >= 0)) {
            throw at.damaged(index, DamagedPage.OUTSIDE_BRANCH);
        }
    }
}
