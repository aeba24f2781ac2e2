package dev.runbook.etcd.snapshot;

/**
 * Damage found deep in the walk, where the file's name is not known; never leaves this package: {@link SnapshotFile}
 * makes it a {@link BadSnapshot}.
 */
final class DamagedPage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient BadSnapshot.Damaged damage;

    DamagedPage(long page, long offset, String what) {
        super(what, null, false, false);
        this.damage = new BadSnapshot.Damaged(page, offset, what);
    }

    BadSnapshot.Damaged damage() {
        return damage;
    }
}
