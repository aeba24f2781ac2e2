package dev.runbook.etcd.client;

import java.time.Duration;
import java.util.Locale;

/** A failed call to a member. The message is one line for the operator. */
public final class EtcdFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    public EtcdFailure(Reason reason) {
        super(reason.text());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why the call failed. */
    public sealed interface Reason {
        /** One line. */
        String text();
    }

    /** No process listens at the address, or the connection was lost. */
    public record Unreachable(String address, String detail) implements Reason {
        @Override
        public String text() {
            return "etcd at " + address + " cannot be reached: " + detail;
        }
    }

    /** One side rejects the certificate of the other. */
    public record TlsRefused(String address, String detail) implements Reason {
        @Override
        public String text() {
            return "TLS to etcd at " + address + " failed: " + detail;
        }
    }

    /** The certificate or the key cannot be used. */
    public record BadTlsMaterial(String detail) implements Reason {
        @Override
        public String text() {
            return detail;
        }
    }

    /** etcd requires a user, or denies this one. */
    public record Unauthenticated(String detail) implements Reason {
        @Override
        public String text() {
            return "etcd denies access: " + detail;
        }
    }

    /** The member runs, but the cluster has no quorum. */
    public record NoQuorum(String detail) implements Reason {
        @Override
        public String text() {
            return "etcd has no quorum: " + detail;
        }
    }

    /**
     * No response by the deadline: no quorum, a slow disk, a process that hangs, or a lost network link.
     *
     * @param waited time from the call to its end, which may be more than the deadline or, by the member's word, less
     */
    public record TimedOut(String address, Duration waited) implements Reason {
        @Override
        public String text() {
            return "etcd at " + address + " did not respond within "
                    + String.format(Locale.ROOT, "%.1f", waited.toMillis() / 1000.0) + " s";
        }
    }

    /** The requested revision is compacted. */
    public record Compacted(long revision) implements Reason {
        @Override
        public String text() {
            return "revision " + revision + " is compacted";
        }
    }

    /** The requested revision is above the current one. */
    public record FutureRevision(long revision) implements Reason {
        @Override
        public String text() {
            return "etcd has not reached revision " + revision;
        }
    }

    /** A snapshot that arrived truncated or changed, or could not be written. */
    public record BadDownload(String detail) implements Reason {
        @Override
        public String text() {
            return "the snapshot was not saved: " + detail;
        }
    }

    /** Any other error of etcd. */
    public record Refused(String code, String detail) implements Reason {
        @Override
        public String text() {
            return "etcd returned " + code + ": " + detail;
        }
    }
}
