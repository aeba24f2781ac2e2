package dev.runbook.step;

/**
 * Something that is so of hosts while a runbook goes on, as far as the order of its steps depends on it. Step types say in
 * their {@link Effects} which marks they need, set and clear; what checks a runbook knows of steps by nothing else.
 */
public enum Effect {
    /** Checked before anything is touched. */
    LOOKED_AT(Whose.MEMBERS, "is looked at"),
    /** What the cluster has now is kept somewhere. */
    SNAPSHOT_KEPT(Whose.CLUSTER, "is kept in a snapshot"),
    /** New data lies beside the old. */
    NEW_DATA(Whose.MEMBERS, "has new data prepared"),
    /** What writes to etcd is stopped, and held so. */
    API_STOPPED(Whose.API_SERVERS, "has its API server stopped"),
    /** The member is stopped, and held so. */
    MEMBER_STOPPED(Whose.MEMBERS, "has its member stopped"),
    /** The member's next start finds the new data. */
    SWITCHED(Whose.MEMBERS, "is switched to its new data"),
    /** The member that runs was proven to be the one that was meant. */
    PROVEN(Whose.MEMBERS, "is proven"),
    /** From here on the run only goes forward. */
    COMMITTED(Whose.CLUSTER, "is committed");

    /** Which hosts a mark is about. */
    public enum Whose {
        /** Every host of the inventory's group {@code etcd}. */
        MEMBERS,
        /** Every host of the inventory's group {@code kube_control_plane}. */
        API_SERVERS,
        /** All of them together: one step on one host is enough. */
        CLUSTER
    }

    private final Whose whose;
    private final String words;

    Effect(Whose whose, String words) {
        this.whose = whose;
        this.words = words;
    }

    public Whose whose() {
        return whose;
    }

    /** What is said of a host that has it, for messages: "has its member stopped". */
    public String words() {
        return words;
    }
}
