package dev.runbook.etcd.store;

import dev.runbook.etcd.bbolt.DamagedPage;
import dev.runbook.etcd.bbolt.Page;

/**
 * As {@link Subtree} within the bucket {@code key}.
 *
 * @param minimum the lowest key allowed
 * @param limit all keys must be lower
 */
record KeySubtree(long page, KeyRevision minimum, KeyRevision limit) {
    private static final KeyRevision LOWEST = new KeyRevision(0, 0, false);
    private static final KeyRevision HIGHEST = new KeyRevision(Long.MAX_VALUE, Long.MAX_VALUE, true);

    static KeySubtree root(long page) {
        return new KeySubtree(page, LOWEST, HIGHEST);
    }

    /** The subtree of an element of this subtree's page, which is a branch. */
    KeySubtree child(Page branch, int index) {
        KeyRevision key = KeyRevision.at(branch, index);
        KeyRevision next = index + 1 < branch.count() ? KeyRevision.at(branch, index + 1) : limit;
        if (key.compareTo(next) >= 0) {
            throw branch.damaged(index, "its key is not less than the next key");
        }
        if (!holds(key)) {
            throw branch.damaged(index, DamagedPage.OUTSIDE_BRANCH);
        }
        return new KeySubtree(branch.child(index), key, next);
    }

    boolean holds(KeyRevision key) {
        return minimum.compareTo(key) <= 0 && key.compareTo(limit) < 0;
    }
}
