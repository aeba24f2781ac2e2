package dev.runbook.etcd.client;

import java.time.Duration;

/** A question to a member that got no answer. The message is one line, fit to be shown. */
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

    /** Why there is no answer. */
    public sealed interface Reason {
        /** One line. */
        String text();
    }

    /** Nobody answers at the address, or the connection was lost. */
    public record Unreachable(String address, String detail) implements Reason {
        @Override
        public String text() {
            return "etcd at " + address + " cannot be reached: " + detail;
        }
    }

    /** The certificates of one side are not accepted by the other. */
    public record TlsRefused(String address, String detail) implements Reason {
        @Override
        public String text() {
            return "TLS to etcd at " + address + " failed: " + detail;
        }
    }

    /** Certificate or key are not usable as they are. */
    public record BadTlsMaterial(String detail) implements Reason {
        @Override
        public String text() {
            return detail;
        }
    }

    /** etcd wants a user, or this one may not. */
    public record Unauthenticated(String detail) implements Reason {
        @Override
        public String text() {
            return "etcd refuses access: " + detail;
        }
    }

    /** The member runs, and cannot agree with the others. */
    public record NoQuorum(String detail) implements Reason {
        @Override
        public String text() {
            return "etcd has no quorum: " + detail;
        }
    }

    /** No answer in time: no quorum, a slow disk, or a lost link. */
    public record TimedOut(Duration deadline) implements Reason {
        @Override
        public String text() {
            return "etcd gave no answer within " + deadline.toMillis() + " ms";
        }
    }

    /** The revision asked for is compacted. */
    public record Compacted(long revision) implements Reason {
        @Override
        public String text() {
            return "revision " + revision + " is compacted";
        }
    }

    /** The store has not got to the revision asked for. */
    public record FutureRevision(long revision) implements Reason {
        @Override
        public String text() {
            return "etcd has not reached revision " + revision;
        }
    }

    /** A snapshot that arrived cut short or changed, or could not be stored. */
    public record BadDownload(String detail) implements Reason {
        @Override
        public String text() {
            return "the snapshot was not saved: " + detail;
        }
    }

    /** Anything else that etcd says. */
    public record Refused(String code, String detail) implements Reason {
        @Override
        public String text() {
            return "etcd answered " + code + ": " + detail;
        }
    }
}
