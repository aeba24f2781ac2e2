package dev.runbook.node.etcd;

import com.google.protobuf.ByteString;
import dev.runbook.etcd.client.EtcdFailure;
import dev.runbook.etcd.client.EtcdReader;
import dev.runbook.etcd.client.EtcdReader.Consistency;
import dev.runbook.etcd.client.KeyEntry;
import dev.runbook.node.MemberReader;
import dev.runbook.node.MemberUnreachable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One member, read through the etcd client. */
final class JetcdReader implements MemberReader {
    private final EtcdReader reader;

    JetcdReader(EtcdReader reader) {
        this.reader = reader;
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws EtcdFailure;
    }

    private static <T> T answer(Question<T> question) throws MemberUnreachable {
        try {
            return question.ask();
        } catch (EtcdFailure e) {
            throw Silences.of(e);
        }
    }

    @Override
    public Status status() throws MemberUnreachable {
        var status = answer(reader::status);
        return new Status(
                status.member().toString(),
                status.cluster().toString(),
                status.leader().map(Object::toString),
                status.version(),
                status.revision(),
                status.raftTerm(),
                status.dbSize(),
                status.learner());
    }

    @Override
    public List<Member> members() throws MemberUnreachable {
        return answer(reader::memberList).stream()
                .map(member -> new Member(
                        member.id().toString(),
                        member.name(),
                        member.peerUrls(),
                        member.clientUrls(),
                        member.learner()))
                .toList();
    }

    @Override
    public Hash hashAt(long revision) throws MemberUnreachable {
        var answer = answer(() -> reader.hashKv(revision));
        return new Hash(answer.hash(), answer.compactRevision(), answer.hashRevision());
    }

    @Override
    public List<String> alarms() throws MemberUnreachable {
        return answer(reader::alarms).stream()
                .map(alarm -> alarm.type() + " " + alarm.member())
                .toList();
    }

    @Override
    public List<String> keys(String prefix, int limit) throws MemberUnreachable {
        return answer(() -> reader.listKeys(ByteString.copyFromUtf8(prefix), Consistency.LOCAL)).stream()
                .limit(limit)
                .map(entry -> entry.key().toStringUtf8())
                .toList();
    }

    @Override
    public long visitKeys(Consumer<KeyEntry> visitor) throws MemberUnreachable {
        return answer(() -> reader.visitKeys(ByteString.EMPTY, Consistency.LOCAL, visitor));
    }

    @Override
    public Optional<byte[]> value(String key) throws MemberUnreachable {
        return answer(() -> reader.get(ByteString.copyFromUtf8(key), Consistency.LOCAL))
                .map(entry -> entry.value().toByteArray());
    }

    @Override
    public void close() {
        reader.close();
    }
}
