package dev.runbook.node.sim;

/** How an injected fault shows. */
public enum Fault {
    /** The action says no, and did nothing. */
    REFUSED,
    /** It failed before any effect. */
    FAILED_BEFORE,
    /** It failed with that of its effect there which can be there alone. */
    FAILED_HALFWAY,
    /** It failed with its effect there. */
    FAILED_AFTER,
    /** The link is lost before any effect; the next batch makes a new one. */
    LOST_BEFORE,
    /** The link is lost, and the effect is there. */
    LOST_AFTER,
    /** The connection is lost without an answer, and the node performs all that it was sent. */
    LOST_GOES_ON,
    /** The effect is there, and from then on the node cannot be reached. */
    DIES,
    /** It fails halfway for want of space, and so does from then on whatever needs some. */
    DISK_FULL,
    /** It reaches the node twice. */
    REPEATED,
    /** It says that it is done, and restored data are not what they should be. */
    DECEIVES,
    /** It succeeds, and then the kubelet is restarted, by whomever, also one that was stopped. */
    KUBELET_RESTARTED,
    /** It succeeds, and then another member leads. */
    LEADER_CHANGES,
    /** It succeeds, and the member that runs on the host from then on serves neither peers nor clients, until it is stopped. */
    MEMBER_HANGS
}
