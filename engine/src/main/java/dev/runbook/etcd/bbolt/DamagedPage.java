package dev.runbook.etcd.bbolt;

/**
 * Damage that a walk found where the file's name is not known; {@link BboltFile#guarded} turns it into a
 * {@link BadSnapshot}.
 */
public final class DamagedPage extends RuntimeException {
    /** Since a search goes by the keys of branches. */
    public static final String OUTSIDE_BRANCH = "its key does not stand between those that the branch above it names";

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
