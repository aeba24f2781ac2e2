package dev.runbook.node.shell;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.TransferAction;
import dev.runbook.node.ActionListener;
import dev.runbook.node.Batch;
import dev.runbook.node.BatchResult;
import dev.runbook.node.shell.result.ActionResults;
import dev.runbook.node.shell.result.FileMeasurement;
import dev.runbook.node.shell.script.ActionScript;
import dev.runbook.node.shell.script.ActionWorker;
import dev.runbook.node.shell.script.BatchScript;
import dev.runbook.node.shell.wire.Deadline;
import dev.runbook.node.shell.wire.FrameMark;
import dev.runbook.node.shell.wire.FramedShell;
import dev.runbook.node.shell.wire.ScriptResult;
import dev.runbook.node.shell.wire.ShellLost;
import dev.runbook.node.shell.wire.Stopwatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/**
 * One batch on its way. Actions in a row that the node does alone go there as one script; those in which this machine
 * has a part stand between such scripts.
 */
final class BatchExecution {
    private final Batch batch;
    private final List<String> calls;
    private final FramedShell shell;
    private final ControllerActions own;
    private final Duration grace;
    private final ActionListener listener;
    private final StringBuilder script = new StringBuilder();
    private final List<ActionResult> results = new ArrayList<>();
    private boolean opened;
    private boolean closing;
    private Stopwatch watch = Stopwatch.started();

    /** @throws IllegalArgumentException for an action that cannot be said in sh; nothing is sent then */
    BatchExecution(Batch batch, FramedShell shell, ControllerActions own, Duration grace, ActionListener listener) {
        this.batch = batch;
        this.calls = BatchScript.acts(batch);
        this.shell = shell;
        this.own = own;
        this.grace = grace;
        this.listener = listener;
    }

    /** Ends early, with an action in doubt, when the shell is lost. */
    void run(String session, String token) throws ShellLost {
        script.append(BatchScript.open(batch, session, token));
        shell.watch(seen -> listener.waits(results.size(), seen));
        try {
            for (var index = 0; index < calls.size() && stillGoing(); index = results.size()) {
                switch (ActionWorker.of(batch.actions().get(index))) {
                    case ActionWorker.OnNode() -> performThere(index);
                    case ActionWorker.Send(var send) -> end(send(index, send));
                    case ActionWorker.Fetch(var fetch) -> end(fetch(index, fetch));
                    case ActionWorker.Stream(var stream) -> end(own.stream(stream, watch, moved(OptionalLong.empty())));
                    case ActionWorker.Wait(var await, var probe) -> end(await(await, probe));
                }
            }
        } catch (NotBegun e) {
            end(ActionResults.refused(e.getMessage(), watch));
        } catch (ShellLost e) {
            var asked = batch.actions().get(results.size()).describe();
            end(ActionResults.inDoubt(
                    "sent `" + asked + "`, and lost the connection before its result: " + e.getMessage(), watch));
            throw e;
        }
        close();
        shell.watch(_ -> {});
    }

    BatchResult result() {
        return new BatchResult(results);
    }

    private boolean stillGoing() {
        return results.isEmpty() || results.getLast().succeeded();
    }

    private void performThere(int from) throws ShellLost, NotBegun {
        var to = from;
        while (to < calls.size() && ActionWorker.of(batch.actions().get(to)) instanceof ActionWorker.OnNode) {
            script.append(calls.get(to++));
        }
        if (to == calls.size()) {
            closing = true;
            script.append(BatchScript.close());
        }
        flush();
        for (var index = from; index < to && stillGoing(); index++) {
            end(ActionResults.of(batch.actions().get(index), outcome(index), watch));
        }
    }

    private ActionResult send(int index, TransferAction.SendFile send) throws ShellLost, NotBegun {
        script.append(calls.get(index));
        flush();
        var begun = outcome(index);
        if (begun.status() != 0 || begun.mark("already").isPresent()) {
            return ActionResults.of(send, begun, watch);
        }
        var failure = own.send(send, moved(OptionalLong.of(send.size())));
        if (failure.isPresent()) {
            return ActionResults.failed(failure.get(), watch);
        }
        script.append(BatchScript.act(batch, index, ActionScript.arrived(send), true));
        flush();
        return ActionResults.of(send, outcome(index), watch);
    }

    private ActionResult fetch(int index, TransferAction.FetchFile fetch) throws ShellLost, NotBegun {
        script.append(calls.get(index));
        flush();
        var measured = outcome(index);
        return measured.status() == 0
                ? fetch(fetch, FileMeasurement.of(measured))
                : ActionResults.of(fetch, measured, watch);
    }

    private ActionResult fetch(TransferAction.FetchFile fetch, FileMeasurement measured) {
        return own.fetch(fetch, measured, watch, moved(OptionalLong.of(measured.size())));
    }

    private LongConsumer moved(OptionalLong total) {
        var index = results.size();
        return bytes -> listener.transferred(index, bytes, total);
    }

    /** The node has no part in this wait, so it is asked beside it whether its lock is still this controller's. */
    private ActionResult await(Await await, Probe.Tunnelled probe) throws ShellLost, NotBegun {
        flush();
        var connected = new AtomicBoolean(true);
        var index = results.size();
        return own.await(await, probe, watch, seen -> listener.waits(index, seen), () -> {
            if (!connected.get()) {
                return Optional.empty();
            }
            try {
                shell.send(BatchScript.ask(0, List.of("rb_require_lock")));
                return shell.outcome(0, Deadline.in(grace)).mark("fenced").map(FrameMark::text);
            } catch (ShellLost e) {
                // The wait needs no shell; what comes after it makes a new connection.
                connected.set(false);
                return Optional.empty();
            }
        });
    }

    private ScriptResult outcome(int index) throws ShellLost {
        return shell.outcome(
                index, Deadline.in(batch.actions().get(index).deadline().plus(grace)));
    }

    /** Sends what has gathered; the first time, waits until the node lets this batch begin. */
    private void flush() throws ShellLost, NotBegun {
        // After a wait of this machine's there may be nothing to send.
        if (!script.isEmpty()) {
            shell.send(script.toString());
            script.setLength(0);
        }
        if (opened) {
            return;
        }
        opened = true;
        var deadline = Deadline.in(BatchScript.openPatience(batch).plus(grace));
        for (var mark = shell.next(deadline); !mark.is("opened"); mark = shell.next(deadline)) {
            if (mark.is("blocked")) {
                throw new NotBegun(mark.text());
            }
        }
    }

    /** An older batch has not ended there. */
    private static final class NotBegun extends Exception {
        NotBegun(String why) {
            super(why);
        }
    }

    private void close() throws ShellLost {
        if (!closing) {
            shell.send(script + BatchScript.close());
        }
        shell.await("closed", Deadline.in(grace));
    }

    private void end(ActionResult result) {
        results.add(result);
        listener.ended(results.size() - 1, result);
        watch = Stopwatch.started();
    }
}
