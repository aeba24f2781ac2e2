package dev.runbook.node.ssh;

/** What the known_hosts files say about the key that a host showed. */
sealed interface HostVerdict {
    record Known() implements HostVerdict {}

    record Revoked(KnownHost line, String fingerprint) implements HostVerdict {}

    /** The host is known with other keys, the first of them in {@code line}. */
    record Changed(KnownHost line, String type, String fingerprint) implements HostVerdict {}

    record Unknown(String type, String key, String fingerprint) implements HostVerdict {}
}
