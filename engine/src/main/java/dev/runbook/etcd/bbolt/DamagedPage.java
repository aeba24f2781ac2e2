package dev.runbook.etcd.bbolt;

/**
 * Damage that a walk found where the file's name is not known; {@link BboltFile#guarded} turns it into a
 * {@link BadSnapshot}.
 */
public final class DamagedPage extends RuntimeException {
    /** A search relies on it: branches route by their keys. */
    public static final String OUTSIDE_BRANCH = "its key is outside the range that its parent branch gives";

    private static final long serialVersionUID = 1L;

    private final transient BadSnapshot.Damaged damage;

    public DamagedPage(long page, long offset, String what) {
        super(what, null, false, false);
        this.damage = new BadSnapshot.Damaged(page, offset, what);
    }

    BadSnapshot.Damaged damage() {
        return damage;
    }
}
