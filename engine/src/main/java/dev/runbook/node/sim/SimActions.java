package dev.runbook.node.sim;

import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.identity.InitialCluster;
import dev.runbook.model.Action;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Attributes;
import dev.runbook.node.MemberReader;
import dev.runbook.node.MemberUnreachable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What actions do to a node in memory. */
final class SimActions {
    private final SimNode node;
    private final SimCluster cluster;
    private final SimTree tree;
    private final SimServices services;

    SimActions(SimNode node) {
        this.node = node;
        this.cluster = node.cluster();
        this.tree = node.tree;
        this.services = node.services;
    }

    /**
     * Performs it.
     *
     * @param half only that of its effect which can be there alone
     */
    ActionResult apply(Action action, long number, boolean half) {
        return switch (action) {
            case Action.MakeFolder make -> tree.makeFolder(make);
            case Action.RemoveEmptyFolder remove -> tree.removeEmptyFolder(remove.path());
            case Action.MovePath move -> {
                if (services.disturbs(move.from()) || services.disturbs(move.to())) {
                    cluster.violation(node.name() + " moves " + move.from() + " below a running member");
                }
                yield tree.move(move.from(), move.to());
            }
            case Action.CreateFile create -> tree.createFile(create);
            case Action.ReplaceFile replace -> tree.replaceFile(replace, half);
            case Action.PutBack back -> tree.putBack(back);
            case Action.PlaceFile place -> tree.placeFile(place);
            case Action.TakeAway away -> tree.takeAway(away);
            case Action.SendFile send -> tree.send(send, half);
            case Action.RestoreData restore -> restore(restore, half);
            case Action.MatchAttributes match -> tree.matchAttributes(match);
            case Action.StartUnit start -> services.start(start.unit());
            case Action.StopUnit stop -> services.stop(stop.unit());
            case Action.RestartUnit restart -> services.restart(restart.unit());
            case Action.ReloadUnits _ -> services.reload();
            case Action.StopContainer stop -> services.stopContainer(stop.name());
            case Action.RunProgram program -> node.programs().run(program, node.run() + "/" + number);
            case Action.SaveSnapshot save -> save(save);
            case Action.StreamSnapshot stream -> stream(stream);
            case Action.FetchFile fetch -> fetch(fetch);
            case Action.Await _ -> throw new IllegalArgumentException("a node waits itself");
        };
    }

    /**
     * As etcdutl does it: IDs come from the initial cluster and the token, the store from the bytes that were sent. What the
     * plan predicted is not looked at.
     */
    private ActionResult restore(Action.RestoreData restore, boolean half) {
        var before = tree.beforeRestore(restore);
        if (before.isPresent()) {
            return before.get();
        }
        var sha256 = tree.content(restore.snapshot()).orElseThrow();
        var sent = tree.sent(sha256);
        if (sent.isEmpty()) {
            return SimTree.failed(restore.snapshot() + " was not sent by a run: a simulated node cannot read it");
        }
        var spec = restore.member();
        try {
            var snapshot = cluster.snapshots().read(sent.get().source(), sha256);
            if (!snapshot.whole() && !restore.skipHashCheck()) {
                return SimTree.failed(restore.snapshot() + ": expected sha256 does not match");
            }
            var initial = InitialCluster.parse(spec.initialCluster());
            var membership = initial.membership(spec.token());
            var store = snapshot.store().predict(spec.bump());
            var members = initial.members().entrySet().stream()
                    .map(member -> new MemberReader.Member(
                            membership.member(member.getKey()).toString(),
                            member.getKey(),
                            member.getValue().stream().map(Object::toString).toList(),
                            List.of(),
                            false))
                    .toList();
            var who = membership.member(spec.name()) + "@" + membership.clusterId();
            cluster.keep(
                    who,
                    new SimStore(
                            snapshot.version().orElse("3.5.0"),
                            members,
                            snapshot.alarms(),
                            new SimStore.Origin.Snapshot(snapshot, store.revision(), store.hash()),
                            List.of()));
            return tree.restored(restore, who, half);
        } catch (BadSnapshot | IllegalArgumentException e) {
            return SimTree.failed("etcdutl snapshot restore: " + e.getMessage());
        }
    }

    private ActionResult save(Action.SaveSnapshot save) {
        try (var reader = node.reader(save.access())) {
            var status = reader.status();
            tree.setUp(
                    save.path(),
                    "snapshot of " + status.memberId() + " at " + status.revision(),
                    Attributes.PRIVATE_FILE);
            return SimTree.done();
        } catch (MemberUnreachable e) {
            return SimTree.failed(String.valueOf(e.getMessage()));
        }
    }

    private ActionResult stream(Action.StreamSnapshot stream) {
        try {
            var store = node.storeAt(stream.access());
            if (cluster.snapshots().areWritten()) {
                SimSnapshotFile.write(stream.target(), store);
            }
            return SimTree.done();
        } catch (MemberUnreachable e) {
            return SimTree.failed("no snapshot of " + stream.access().url() + ": " + e.getMessage());
        } catch (IOException e) {
            return SimTree.failed("cannot write " + stream.target() + ": " + e.getMessage());
        }
    }

    private ActionResult fetch(Action.FetchFile fetch) {
        var content = tree.content(fetch.path());
        if (content.isEmpty()) {
            return SimTree.refused(fetch.path() + " is not there");
        }
        if (!cluster.snapshots().areWritten()) {
            return SimTree.done();
        }
        try {
            var sent = tree.sent(content.get());
            var bytes = sent.isPresent()
                    ? Files.readAllBytes(sent.get().source())
                    : content.get().getBytes(StandardCharsets.UTF_8);
            if (Files.exists(fetch.target(), LinkOption.NOFOLLOW_LINKS)) {
                return Files.isRegularFile(fetch.target()) && Arrays.equals(Files.readAllBytes(fetch.target()), bytes)
                        ? SimTree.already()
                        : SimTree.refused(fetch.target()
                                + " is there on this machine with another content, and is left as it is");
            }
            Files.createDirectories(
                    Optional.ofNullable(fetch.target().toAbsolutePath().getParent())
                            .orElseThrow());
            Files.write(fetch.target(), bytes, StandardOpenOption.CREATE_NEW);
            return SimTree.done();
        } catch (IOException e) {
            return SimTree.failed("cannot write " + fetch.target() + ": " + e.getMessage());
        }
    }
}
