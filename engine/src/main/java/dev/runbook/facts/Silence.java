package dev.runbook.facts;

import java.util.Locale;
import java.util.Optional;

/** Kind of reason why a member does not answer. */
public enum Silence {
    /** Nothing listens at its address: etcd is down, or still starts. */
    NOTHING_LISTENS,
    /** One side rejects the other's certificate, or a certificate or key cannot be read. */
    TLS,
    /** sshd on the host refuses to connect to it, and no program there can connect in its place. */
    FORWARDING_REFUSED,
    /** It accepts connections and gives no answer in time: it hangs, its machine is overloaded, or it waits for quorum. */
    TIMED_OUT,
    /** It answers that this client may not ask. */
    DENIED,
    OTHER;

    /** Whether a restored member in its place could not be asked either, so that nothing could be verified. */
    public boolean outlastsRestore() {
        return switch (this) {
            case TLS, FORWARDING_REFUSED, DENIED -> true;
            case NOTHING_LISTENS, TIMED_OUT, OTHER -> false;
        };
    }

    /** The kind that the words of a message tell; facts documents of earlier versions have nothing else. */
    public static Silence told(String why) {
        var words = why.toLowerCase(Locale.ROOT);
        return Optional.<Silence>empty()
                .or(() -> when(FORWARDING_REFUSED, words, "tcp forwarding", "administratively prohibited"))
                .or(() -> when(TLS, words, "tls to etcd", "certificate", "pkix", "ssl"))
                .or(() -> when(DENIED, words, "denies access"))
                .or(() -> when(TIMED_OUT, words, "did not respond within", "timed out", "deadline"))
                .or(() -> when(NOTHING_LISTENS, words, "connection refused"))
                .orElse(OTHER);
    }

    private static Optional<Silence> when(Silence kind, String words, String... signs) {
        for (var sign : signs) {
            if (words.contains(sign)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
