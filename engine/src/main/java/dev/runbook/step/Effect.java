package dev.runbook.step;

/**
 * A state of hosts that the order of a runbook's steps depends on. Step types declare in their {@link Effects} which effects
 * they need, set and clear; the rules on a runbook know nothing else of them.
 */
public enum Effect {
    /** The host is checked before any change. */
    CHECKED(Whose.MEMBERS),
    /** A snapshot of the cluster's present data is kept. */
    SNAPSHOT_KEPT(Whose.CLUSTER),
    /** New data is prepared beside the old. */
    NEW_DATA(Whose.MEMBERS),
    /** The API server is stopped, and held stopped. */
    API_STOPPED(Whose.API_SERVERS),
    /** The member is stopped, and held stopped. */
    MEMBER_STOPPED(Whose.MEMBERS),
    /** The member starts on the new data next. */
    SWITCHED(Whose.MEMBERS),
    /** The running member is verified to be the predicted one. */
    VERIFIED(Whose.MEMBERS),
    /** From here on the run cannot roll back. */
    COMMITTED(Whose.CLUSTER);

    /** The hosts that an effect concerns. */
    public enum Whose {
        /** Every host of the inventory's group {@code etcd}. */
        MEMBERS,
        /** Every host of the inventory's group {@code kube_control_plane}. */
        API_SERVERS,
        /** The cluster as a whole: one step on one host is enough. */
        CLUSTER
    }

    private final Whose whose;

    Effect(Whose whose) {
        this.whose = whose;
    }

    public Whose whose() {
        return whose;
    }
}
