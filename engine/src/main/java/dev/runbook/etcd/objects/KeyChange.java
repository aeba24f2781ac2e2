package dev.runbook.etcd.objects;

/**
 * The effect of a restore on one key.
 *
 * @param snapshotRevision revision of the key's last change in the snapshot, 0 when the snapshot lacks it
 * @param currentRevision revision of the key's last change in the current store, 0 when that lacks it
 */
public record KeyChange(Effect effect, String key, long snapshotRevision, long currentRevision) {
    /** What the restore does. */
    public enum Effect {
        /** The key is in the current store only. */
        DELETED,
        /** The key is in the snapshot only. */
        RESTORED,
        /** The key is in both, with another value or history. */
        REVERTED
    }

    public ObjectKey object() {
        return ObjectKey.of(key);
    }
}
