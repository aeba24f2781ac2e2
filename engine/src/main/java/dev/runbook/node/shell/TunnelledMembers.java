package dev.runbook.node.shell;

import dev.runbook.facts.Silence;
import dev.runbook.model.Answer;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.Query;
import dev.runbook.model.Secret;
import dev.runbook.node.MemberReader;
import dev.runbook.node.MemberUnreachable;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.shell.wire.Tunnel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;

/** etcd members as one node reaches them: certificates read there, connections tunnelled. */
final class TunnelledMembers {
    private static final int LONGEST_PEM = 256 << 10;
    private static final Duration READ_PATIENCE = Duration.ofSeconds(15);

    /** What this class asks of the node that it works for. */
    interface Route {
        List<Answer> ask(List<Query> queries, Duration deadline) throws NodeUnreachable;

        Tunnel tunnel(String host, int port) throws NodeUnreachable;
    }

    private final String node;
    private final Route route;
    private final MemberDialer dialer;

    TunnelledMembers(String node, Route route, MemberDialer dialer) {
        this.node = node;
        this.route = route;
        this.dialer = dialer;
    }

    MemberReader open(EtcdAccess access) throws NodeUnreachable, MemberUnreachable {
        var tls = tls(access);
        var tunnel = route.tunnel(access.host(), access.port());
        return new TunnelledReader(dialer.dial(through(tunnel, access, tls)), access, tunnel);
    }

    void saveSnapshot(EtcdAccess access, Path target, Duration deadline, LongConsumer moved)
            throws NodeUnreachable, MemberUnreachable {
        var tls = tls(access);
        var tunnel = route.tunnel(access.host(), access.port());
        try {
            dialer.saveSnapshot(through(tunnel, access, tls), target, deadline, moved);
        } catch (MemberUnreachable e) {
            throw TunnelledReader.explained(e, access, tunnel);
        }
    }

    private static MemberDialer.Route through(Tunnel tunnel, EtcdAccess access, Optional<MemberDialer.Tls> tls) {
        return new MemberDialer.Route(tunnel.host(), tunnel.port(), access, tls);
    }

    private Optional<MemberDialer.Tls> tls(EtcdAccess access) throws NodeUnreachable, MemberUnreachable {
        return access.tls().isPresent() ? Optional.of(read(access.tls().get())) : Optional.empty();
    }

    private MemberDialer.Tls read(EtcdAccess.TlsFiles files) throws NodeUnreachable, MemberUnreachable {
        var paths = new ArrayList<String>();
        files.authority().ifPresent(paths::add);
        files.identity().ifPresent(identity -> paths.addAll(List.of(identity.certificate(), identity.key())));
        var texts = readAll(paths);
        return new MemberDialer.Tls(
                files.authority().map(texts::get),
                files.identity()
                        .map(identity -> new MemberDialer.Identity(
                                text(texts, identity.certificate()), new Secret(text(texts, identity.key())))));
    }

    private static String text(Map<String, String> texts, String path) {
        return Objects.requireNonNull(texts.get(path), "every path was asked for");
    }

    private Map<String, String> readAll(List<String> paths) throws NodeUnreachable, MemberUnreachable {
        var texts = new HashMap<String, String>();
        if (paths.isEmpty()) {
            return texts;
        }
        var queries = paths.stream()
                .map(path -> (Query) new Query.ReadText(path, LONGEST_PEM))
                .toList();
        var answers = route.ask(queries, READ_PATIENCE);
        for (var index = 0; index < paths.size(); index++) {
            texts.put(paths.get(index), pem(paths.get(index), answers.get(index)));
        }
        return texts;
    }

    String readAuthority(String path) throws NodeUnreachable, MemberUnreachable {
        return text(readAll(List.of(path)), path);
    }

    private String pem(String path, Answer answer) throws MemberUnreachable {
        return switch (answer) {
            case Answer.Text(var text) -> text;
            case Answer.Missing() -> throw new MemberUnreachable(path + " is not there on " + node, Silence.TLS);
            case Answer.Refused(var why) -> throw new MemberUnreachable(path + " on " + node + ": " + why, Silence.TLS);
            case Answer.Identity _,
                    Answer.PathInfo _,
                    Answer.Names _,
                    Answer.Bytes _,
                    Answer.Properties _,
                    Answer.Tool _,
                    Answer.Containers _,
                    Answer.Lack _ -> throw new IllegalStateException("not an answer to a question for a text");
        };
    }
}
