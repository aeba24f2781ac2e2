package dev.runbook.node.etcd;

import dev.runbook.etcd.client.EtcdFailure;
import dev.runbook.facts.Silence;
import dev.runbook.node.MemberUnreachable;

/** The etcd client's failures as kinds of silence. */
final class Silences {
    private Silences() {}

    static MemberUnreachable of(EtcdFailure failure) {
        return new MemberUnreachable(String.valueOf(failure.getMessage()), kind(failure.reason()));
    }

    private static Silence kind(EtcdFailure.Reason reason) {
        return switch (reason) {
            case EtcdFailure.Unreachable(var _, var detail) ->
                detail.toLowerCase(java.util.Locale.ROOT).contains("refused") ? Silence.NOTHING_LISTENS : Silence.OTHER;
            case EtcdFailure.TlsRefused _, EtcdFailure.BadTlsMaterial _ -> Silence.TLS;
            case EtcdFailure.Unauthenticated _ -> Silence.DENIED;
            case EtcdFailure.TimedOut _ -> Silence.TIMED_OUT;
            case EtcdFailure.NoQuorum _,
                    EtcdFailure.Compacted _,
                    EtcdFailure.FutureRevision _,
                    EtcdFailure.BadDownload _,
                    EtcdFailure.Refused _ -> Silence.OTHER;
        };
    }
}
