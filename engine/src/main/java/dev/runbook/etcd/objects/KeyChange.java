package dev.runbook.etcd.objects;

/**
 * What a restore does to one key.
 *
 * @param snapshotRevision the key's last change in the snapshot, 0 when it is not there
 * @param currentRevision the key's last change now, 0 when it is not there
 */
public record KeyChange(Effect effect, String key, long snapshotRevision, long currentRevision) {
    /** In words of the one who restores. */
    public enum Effect {
        /** There now, not in the snapshot. */
        DELETED,
        /** In the snapshot, not there now. */
        RESTORED,
        /** There in both, with another content or history. */
        REVERTED
    }

    public ObjectKey object() {
        return ObjectKey.of(key);
    }
}
