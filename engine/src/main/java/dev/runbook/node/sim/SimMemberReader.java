package dev.runbook.node.sim;

import dev.runbook.etcd.client.KeyEntry;
import dev.runbook.facts.Silence;
import dev.runbook.node.MemberReader;
import dev.runbook.node.MemberUnreachable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the member that runs on a simulated node, as it is at each call. */
final class SimMemberReader implements MemberReader {
    private final SimCluster cluster;
    private final String host;
    private final String url;
    private final String asker;

    /** @param asker the node that it is asked through */
    SimMemberReader(SimCluster cluster, String host, String url, String asker) {
        this.cluster = cluster;
        this.host = host;
        this.url = url;
        this.asker = asker;
    }

    private SimCluster.Running running() throws MemberUnreachable {
        var way = cluster.silence(asker).filter(silent -> silent.kind() == Silence.FORWARDING_REFUSED);
        if (way.isPresent()) {
            throw new MemberUnreachable(way.get().why(), way.get().kind());
        }
        var running = Optional.ofNullable(cluster.members().get(host));
        if (running.isEmpty()) {
            throw new MemberUnreachable(url + ": connection refused");
        }
        if (cluster.isHanging(host)) {
            throw new MemberUnreachable(url + ": it did not respond within 5 s", Silence.TIMED_OUT);
        }
        var silence = cluster.silence(host);
        boolean silent = running.get().memberId().equals(SimCluster.SILENT);
        // What certificates or users forbid now they forbid after a restart, too.
        if (silent || (silence.isPresent() && silence.get().kind().outlastsRestore())) {
            throw silence.map(known -> new MemberUnreachable(known.why(), known.kind()))
                    .orElseGet(() -> new MemberUnreachable(url + ": connection refused"));
        }
        return running.get();
    }

    SimStore store() throws MemberUnreachable {
        return cluster.store(running());
    }

    @Override
    public Status status() throws MemberUnreachable {
        synchronized (cluster) {
            var self = running();
            var store = store();
            boolean learner = store.members().stream()
                    .anyMatch(member -> member.id().equals(self.memberId()) && member.learner());
            return new Status(
                    self.memberId(),
                    self.clusterId(),
                    cluster.leader(self.clusterId()),
                    store.version(),
                    store.revision(),
                    2,
                    SimQueries.DATABASE,
                    learner);
        }
    }

    @Override
    public List<Member> members() throws MemberUnreachable {
        synchronized (cluster) {
            return store().members();
        }
    }

    @Override
    public Hash hashAt(long revision) throws MemberUnreachable {
        synchronized (cluster) {
            var hash = store().hashAt(revision);
            // What is damaged has another hash, whichever.
            return new Hash(running().sound() ? hash : hash ^ 1, -1, revision);
        }
    }

    @Override
    public List<String> alarms() throws MemberUnreachable {
        synchronized (cluster) {
            if (!cluster.hasQuorum(running().clusterId())) {
                throw new MemberUnreachable(url + ": etcdserver: request timed out");
            }
            return store().alarms();
        }
    }

    @Override
    public List<String> keys(String prefix, int limit) throws MemberUnreachable {
        synchronized (cluster) {
            return store().keys(prefix).keySet().stream().limit(limit).toList();
        }
    }

    @Override
    public long visitKeys(Consumer<KeyEntry> visitor) throws MemberUnreachable {
        throw new MemberUnreachable(url + ": a simulated member keeps no revisions of single keys");
    }

    @Override
    public Optional<byte[]> value(String key) throws MemberUnreachable {
        synchronized (cluster) {
            return Optional.ofNullable(store().keys(key).get(key));
        }
    }

    @Override
    public void close() {}
}
