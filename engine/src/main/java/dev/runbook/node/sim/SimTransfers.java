package dev.runbook.node.sim;

import dev.runbook.model.ActionResult;
import dev.runbook.model.action.TransferAction;
import dev.runbook.node.MemberUnreachable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/** What transfers do to a simulated node, and to this machine. */
final class SimTransfers {
    private final SimNode node;
    private final SimCluster cluster;
    private final SimTree tree;

    SimTransfers(SimNode node) {
        this.node = node;
        this.cluster = node.cluster();
        this.tree = node.tree;
    }

    ActionResult apply(TransferAction action, boolean half) {
        return switch (action) {
            case TransferAction.SendFile send -> tree.send(send, half);
            case TransferAction.StreamSnapshot stream -> stream(stream);
            case TransferAction.FetchFile fetch -> fetch(fetch);
        };
    }

    private ActionResult stream(TransferAction.StreamSnapshot stream) {
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

    private ActionResult fetch(TransferAction.FetchFile fetch) {
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
