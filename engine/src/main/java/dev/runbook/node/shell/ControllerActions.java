package dev.runbook.node.shell;

import dev.runbook.model.ActionResult;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.Failure;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.TransferAction;
import dev.runbook.node.MemberUnreachable;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.ProbeResult;
import dev.runbook.node.shell.result.ActionResults;
import dev.runbook.node.shell.result.FileMeasurement;
import dev.runbook.node.shell.script.BatchScript;
import dev.runbook.node.shell.script.ScriptArguments;
import dev.runbook.node.shell.wire.CountingStream;
import dev.runbook.node.shell.wire.Deadline;
import dev.runbook.node.shell.wire.FramedShell;
import dev.runbook.node.shell.wire.ScriptResult;
import dev.runbook.node.shell.wire.ShellLost;
import dev.runbook.node.shell.wire.Stopwatch;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** The part of this machine in actions that the node cannot do alone: transfers, and probes through a tunnel. */
final class ControllerActions {
    /** How often a probe through a tunnel is asked. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** How often the node is asked meanwhile whether its lock is still this controller's. */
    private static final Duration LOCK_LOOKS = Duration.ofSeconds(2);

    private static final Duration ONE_PROBE = Duration.ofSeconds(10);

    /** What this class asks of the node that it works for. */
    interface Links {
        FramedShell openBulkShell() throws NodeUnreachable;

        ProbeResult check(Probe.Tunnelled probe, Duration deadline) throws NodeUnreachable;

        void saveSnapshot(EtcdAccess access, Path target, Duration deadline, LongConsumer moved)
                throws NodeUnreachable, MemberUnreachable;
    }

    private final Links links;
    private final Duration grace;
    private final BooleanSupplier cancelled;

    ControllerActions(Links links, Duration grace, BooleanSupplier cancelled) {
        this.links = links;
        this.grace = grace;
        this.cancelled = cancelled;
    }

    /**
     * Sends the bytes to the {@code .part} file. What is wrong, if anything.
     *
     * @param moved is told how many bytes are on their way
     */
    Optional<String> send(TransferAction.SendFile send, LongConsumer moved) {
        try {
            if (Files.size(send.source()) != send.size()) {
                return Optional.of(send.source() + " has changed: it had " + send.size() + " bytes");
            }
            try (var shell = links.openBulkShell()) {
                var size = Long.toString(send.size());
                shell.send(BatchScript.ask(0, List.of("rb_receive", ScriptArguments.path(send.path()), size)));
                shell.write(send.source(), moved);
                var outcome = await(shell, send.deadline());
                return outcome.status() == 0 ? Optional.empty() : Optional.of(outcome.why());
            }
        } catch (IOException e) {
            return Optional.of("cannot read " + send.source() + ": " + e.getMessage());
        } catch (NodeUnreachable | ShellLost e) {
            return Optional.of(send.path() + " was not sent whole: " + e.getMessage());
        }
    }

    ActionResult fetch(TransferAction.FetchFile fetch, FileMeasurement measure, Stopwatch watch, LongConsumer moved) {
        var target = fetch.target();
        var part = target.resolveSibling(target.getFileName() + ".part");
        try {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                return Files.isRegularFile(target)
                                && FetchedFiles.sha256(target).equals(measure.sha256())
                        ? new ActionResult.AlreadyDone(watch.read())
                        : inTheWay(target, watch);
            }
            FetchedFiles.makeFolderOf(target);
            var failure = receive(fetch, measure, part, moved);
            if (failure.isPresent()) {
                return ActionResults.failed(failure.get(), watch);
            }
            FetchedFiles.publish(part, target);
            return new ActionResult.Done(watch.read());
        } catch (FileAlreadyExistsException e) {
            return inTheWay(target, watch);
        } catch (IOException e) {
            return ActionResults.failed("cannot write " + target + ": " + e, watch);
        } catch (NodeUnreachable | ShellLost e) {
            return ActionResults.failed(fetch.path() + " was not fetched whole: " + e.getMessage(), watch);
        }
    }

    private static ActionResult inTheWay(Path target, Stopwatch watch) {
        return new ActionResult.Refused(
                Failure.of(target + " is there on this machine with another content, and is left as it is"),
                watch.read());
    }

    private Optional<String> receive(
            TransferAction.FetchFile fetch, FileMeasurement measure, Path part, LongConsumer moved)
            throws IOException, NodeUnreachable, ShellLost {
        var digest = ScriptArguments.digest();
        try (var shell = links.openBulkShell();
                var out = new DigestOutputStream(FetchedFiles.create(part), digest)) {
            shell.sendDataTo(new CountingStream(out, moved));
            shell.send(BatchScript.ask(
                    0, List.of("rb_give", ScriptArguments.path(fetch.path()), Long.toString(measure.size()))));
            var outcome = await(shell, fetch.deadline());
            if (outcome.status() != 0) {
                return Optional.of(outcome.why());
            }
        }
        return HexFormat.of().formatHex(digest.digest()).equals(measure.sha256())
                ? Optional.empty()
                : Optional.of(fetch.path() + " changed while it was fetched");
    }

    ActionResult stream(TransferAction.StreamSnapshot stream, Stopwatch watch, LongConsumer moved) {
        try {
            links.saveSnapshot(stream.access(), stream.target(), stream.deadline(), moved);
            return new ActionResult.Done(watch.read());
        } catch (NodeUnreachable | MemberUnreachable e) {
            return ActionResults.failed("no snapshot of " + stream.access().url() + ": " + e.getMessage(), watch);
        }
    }

    /**
     * Asks the probe until it holds or the deadline passes.
     *
     * @param waits is told what was found instead, each time
     * @param fencedBy asked now and then: who has the node's lock in place of this controller
     */
    ActionResult await(
            Await await,
            Probe.Tunnelled probe,
            Stopwatch watch,
            Consumer<String> waits,
            Supplier<Optional<String>> fencedBy) {
        var deadline = Deadline.in(await.deadline());
        var nextLook = Deadline.in(LOCK_LOOKS);
        while (true) {
            var looked = checkOnce(probe, deadline);
            if (looked instanceof ProbeResult.Holds(var reservation)) {
                return new ActionResult.Done(watch.read(), reservation);
            }
            var found = looked instanceof ProbeResult.DoesNotHold(var instead) ? instead : "";
            waits.accept(found);
            if (cancelled.getAsBoolean()) {
                return ActionResults.failed("cancelled; so far: " + found, watch);
            }
            if (nextLook.left().isZero()) {
                var other = fencedBy.get();
                if (other.isPresent()) {
                    return new ActionResult.Fenced(Failure.of(other.get()), watch.read());
                }
                nextLook = Deadline.in(LOCK_LOOKS);
            }
            if (deadline.left().compareTo(PAUSE) < 0) {
                return ActionResults.failed(ActionResults.waited(watch.read(), found), watch);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ActionResults.failed("interrupted; so far: " + found, watch);
            }
        }
    }

    private ProbeResult checkOnce(Probe.Tunnelled probe, Deadline deadline) {
        var patience = deadline.left().compareTo(ONE_PROBE) < 0 ? deadline.left() : ONE_PROBE;
        try {
            return links.check(probe, patience);
        } catch (NodeUnreachable e) {
            return new ProbeResult.DoesNotHold(String.valueOf(e.getMessage()));
        }
    }

    private ScriptResult await(FramedShell shell, Duration length) throws ShellLost {
        return shell.outcome(0, Deadline.in(length.plus(grace)));
    }
}
