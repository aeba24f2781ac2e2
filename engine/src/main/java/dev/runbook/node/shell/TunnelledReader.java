package dev.runbook.node.shell;

import dev.runbook.etcd.client.KeyEntry;
import dev.runbook.facts.Silence;
import dev.runbook.model.EtcdAccess;
import dev.runbook.node.MemberReader;
import dev.runbook.node.MemberUnreachable;
import dev.runbook.node.shell.wire.Tunnel;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A member behind a tunnel: what the client sees as a lost connection is told by the tunnel, which knows the reason. */
final class TunnelledReader implements MemberReader {
    private final MemberReader reader;
    private final EtcdAccess access;
    private final Tunnel tunnel;

    TunnelledReader(MemberReader reader, EtcdAccess access, Tunnel tunnel) {
        this.reader = reader;
        this.access = access;
        this.tunnel = tunnel;
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws MemberUnreachable;
    }

    private <T> T explaining(Question<T> question) throws MemberUnreachable {
        try {
            return question.ask();
        } catch (MemberUnreachable e) {
            throw explained(e, access, tunnel);
        }
    }

    /** A certificate or a deadline is the client's own matter: then the connection was there. */
    static MemberUnreachable explained(MemberUnreachable failure, EtcdAccess access, Tunnel tunnel) {
        boolean lost = failure.silence() == Silence.OTHER || failure.silence() == Silence.NOTHING_LISTENS;
        return tunnel.trouble()
                .filter(_ -> lost)
                .map(trouble -> new MemberUnreachable(
                        "etcd at " + access.host() + ":" + access.port() + " cannot be reached: " + trouble.text(),
                        trouble.kind()))
                .orElse(failure);
    }

    @Override
    public Status status() throws MemberUnreachable {
        return explaining(() -> reader.status());
    }

    @Override
    public List<Member> members() throws MemberUnreachable {
        return explaining(() -> reader.members());
    }

    @Override
    public Hash hashAt(long revision) throws MemberUnreachable {
        return explaining(() -> reader.hashAt(revision));
    }

    @Override
    public List<String> alarms() throws MemberUnreachable {
        return explaining(() -> reader.alarms());
    }

    @Override
    public List<String> keys(String prefix, int limit) throws MemberUnreachable {
        return explaining(() -> reader.keys(prefix, limit));
    }

    @Override
    public long visitKeys(Consumer<KeyEntry> visitor) throws MemberUnreachable {
        return explaining(() -> reader.visitKeys(visitor));
    }

    @Override
    public Optional<byte[]> value(String key) throws MemberUnreachable {
        return explaining(() -> reader.value(key));
    }

    @Override
    public void close() {
        reader.close();
    }
}
