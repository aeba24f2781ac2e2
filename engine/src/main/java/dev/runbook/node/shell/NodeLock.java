package dev.runbook.node.shell;

import dev.runbook.node.Batch;
import dev.runbook.node.Claim;
import dev.runbook.node.ClaimResult;
import dev.runbook.node.LockLost;
import dev.runbook.node.NodeJournal;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.RetainedFolder;
import dev.runbook.node.shell.result.NodeJournalReader;
import dev.runbook.node.shell.script.BatchScript;
import dev.runbook.node.shell.script.ScriptArguments;
import dev.runbook.node.shell.wire.Deadline;
import dev.runbook.node.shell.wire.FramedShell;
import dev.runbook.node.shell.wire.ScriptResult;
import dev.runbook.node.shell.wire.ShellLost;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lock of one node, and the run's records there, through a shell. */
final class NodeLock {
    /** A claim waits for an older controller's action in flight, 20 s and a kill at most. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Folders of some 10 GB, on a slow disk. */
    private static final Duration WEIGHING = Duration.ofMinutes(10);

    private static final int LONGEST_RECORD = 220;

    private final String host;
    private final FramedShell shell;

    NodeLock(String host, FramedShell shell) {
        this.host = host;
        this.shell = shell;
    }

    ClaimResult claim(Claim claim) throws ShellLost, NodeUnreachable {
        var since = claim.since().toString();
        var epoch = Long.toString(claim.epoch());
        shell.send(BatchScript.ask(0, List.of("rb_claim", claim.run(), epoch, oneLine(claim.owner()), since)));
        var outcome = shell.outcome(0, Deadline.in(PATIENCE));
        var held = outcome.mark("held");
        if (held.isPresent()) {
            return new ClaimResult.HeldBy(holder(held.get().text().lines().toList()));
        }
        require(outcome, "the lock could not be claimed");
        return new ClaimResult.Granted();
    }

    Claim record(Claim claim, String line, String session) throws ShellLost, NodeUnreachable {
        if (oneLine(line).getBytes(StandardCharsets.UTF_8).length > LONGEST_RECORD) {
            throw new IllegalArgumentException("a record is " + LONGEST_RECORD + " bytes at most: " + line);
        }
        var batch = new Batch(claim.run(), claim.epoch(), 0, List.of());
        shell.send(BatchScript.open(batch, session, "-")
                + BatchScript.ask(0, List.of("rb_note", line))
                + BatchScript.close());
        var deadline = Deadline.in(PATIENCE);
        var opened = shell.next(deadline);
        while (opened.is("text")) {
            opened = shell.next(deadline);
        }
        var outcome = shell.outcome(0, deadline);
        shell.await("closed", deadline);
        require(outcome, "the record could not be written");
        return claim;
    }

    Claim keep(Claim claim, String name, String text) throws ShellLost, NodeUnreachable {
        var epoch = Long.toString(claim.epoch());
        shell.send(BatchScript.ask(0, List.of("rb_keep", claim.run(), epoch, ScriptArguments.name(name), text)));
        require(shell.outcome(0, Deadline.in(PATIENCE)), "the run's artifacts could not be written");
        return claim;
    }

    void settle(Batch left, String session) throws ShellLost, NodeUnreachable {
        shell.send(BatchScript.settle(left, session) + BatchScript.close());
        var deadline = Deadline.in(PATIENCE.plus(BatchScript.longest(left)));
        for (var mark = shell.next(deadline); !mark.is("closed"); mark = shell.next(deadline)) {
            if (mark.is("blocked")) {
                throw new NodeUnreachable(host + ": " + mark.text(), "check the run folder on that host");
            }
        }
    }

    Optional<String> kept(String run, String name) throws ShellLost, NodeUnreachable {
        shell.send(BatchScript.ask(0, List.of("rb_kept", ScriptArguments.name(run), ScriptArguments.name(name))));
        var outcome = answered("the run's artifacts could not be read");
        return outcome.mark("missing").isPresent() ? Optional.empty() : Optional.of(text(outcome));
    }

    NodeJournal readJournal(String run) throws ShellLost, NodeUnreachable {
        shell.send(BatchScript.ask(0, List.of("rb_story", ScriptArguments.name(run))));
        try {
            return NodeJournalReader.parse(text(answered("the node's journal could not be read")));
        } catch (IllegalArgumentException e) {
            throw new NodeUnreachable(host + ": " + e.getMessage(), "check the run folder on that host");
        }
    }

    List<String> runs() throws ShellLost, NodeUnreachable {
        shell.send(BatchScript.ask(0, List.of("rb_runs")));
        return text(answered("the runs could not be listed")).lines().sorted().toList();
    }

    List<RetainedFolder> remains(String function, String run, List<String> folders) throws ShellLost, NodeUnreachable {
        var words = new ArrayList<>(List.of(function, ScriptArguments.name(run)));
        words.addAll(folders);
        shell.send(BatchScript.ask(0, words));
        var outcome = shell.outcome(0, Deadline.in(WEIGHING));
        require(outcome, "the retained artifacts could not be measured or removed");
        return text(outcome).lines().map(NodeLock::remains).toList();
    }

    private static RetainedFolder remains(String line) {
        var words = line.split("\t", 3);
        return new RetainedFolder(
                words[1], Long.parseLong(words[0]), Optional.of(words[2]).filter(user -> !user.isEmpty()));
    }

    private ScriptResult answered(String otherwise) throws ShellLost, NodeUnreachable {
        var outcome = shell.outcome(0, Deadline.in(PATIENCE));
        require(outcome, otherwise);
        return outcome;
    }

    private static String text(ScriptResult outcome) {
        return new String(outcome.output(), StandardCharsets.UTF_8);
    }

    Claim release(Claim claim) throws ShellLost, NodeUnreachable {
        shell.send(BatchScript.ask(0, List.of("rb_release", claim.run(), Long.toString(claim.epoch()))));
        require(shell.outcome(0, Deadline.in(PATIENCE)), "the lock could not be released");
        return claim;
    }

    private void require(ScriptResult outcome, String what) throws NodeUnreachable {
        if (outcome.mark("fenced").isPresent()) {
            throw new LockLost(host + ": " + outcome.why(), "see the controller that has the run now");
        }
        if (outcome.status() != 0) {
            throw new NodeUnreachable(host + ": " + what + ": " + outcome.why(), "check the run folder on that host");
        }
    }

    private static Claim holder(List<String> lines) {
        return NodeJournalReader.holder(lines.get(0), lines.get(1), lines.get(2), lines.get(3));
    }

    private static String oneLine(String text) {
        if (text.chars().anyMatch(character -> character < ' ')) {
            throw new IllegalArgumentException("one line without control characters is asked for");
        }
        return text;
    }
}
