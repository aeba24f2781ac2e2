package dev.runbook.node.shell;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Answer;
import dev.runbook.model.Connection.Become;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.Probe;
import dev.runbook.model.Query;
import dev.runbook.node.ActionListener;
import dev.runbook.node.Batch;
import dev.runbook.node.BatchResult;
import dev.runbook.node.Claim;
import dev.runbook.node.ClaimResult;
import dev.runbook.node.MemberReader;
import dev.runbook.node.MemberUnreachable;
import dev.runbook.node.Node;
import dev.runbook.node.NodeJournal;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.ProbeResult;
import dev.runbook.node.RetainedFolder;
import dev.runbook.node.shell.result.ActionResults;
import dev.runbook.node.shell.result.QueryAnswers;
import dev.runbook.node.shell.script.BatchScript;
import dev.runbook.node.shell.script.ProbeScript;
import dev.runbook.node.shell.script.QueryScript;
import dev.runbook.node.shell.script.ShellSettings;
import dev.runbook.node.shell.wire.Deadline;
import dev.runbook.node.shell.wire.FramedShell;
import dev.runbook.node.shell.wire.NodeConnection;
import dev.runbook.node.shell.wire.Nonces;
import dev.runbook.node.shell.wire.ShellLost;
import dev.runbook.node.shell.wire.ShellStart;
import dev.runbook.node.shell.wire.Stopwatch;
import dev.runbook.node.shell.wire.Transport;
import dev.runbook.node.shell.wire.Tunnel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A machine that a shell is spoken to on. The connection is made at the first call; after it was lost, at the next one.
 */
public final class ShellNode implements Node {
    private static final Duration REDIAL = Duration.ofSeconds(1);

    private final String name;
    private final Transport.Opener opener;
    private final ShellStart start;
    private final ShellSettings settings;
    private final TunnelledMembers members;
    private final TunnelledProbes tunnelled;

    private volatile @Nullable NodeConnection link;
    private volatile @Nullable Running running;
    private volatile boolean answeredBefore;
    private volatile boolean hurried;
    private volatile @Nullable FramedShell bulk;

    /** A batch that is on its way, for the one who cancels it. */
    private record Running(String run, String token, NodeConnection link, AtomicBoolean cancelled) {}

    /**
     * @param name the inventory's
     * @param login the user that logs in, for messages
     */
    public ShellNode(
            String name,
            String login,
            Become become,
            Transport.Opener opener,
            ShellSettings settings,
            MemberDialer dialer) {
        this.name = name;
        this.opener = opener;
        this.settings = settings;
        this.start = new ShellStart(name, login, become, settings);
        var routes = new NodeRoutes();
        this.members = new TunnelledMembers(name, routes, dialer);
        this.tunnelled = new TunnelledProbes(members, new HttpsProbe(routes), new PeerProbe(routes));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Answer> ask(List<Query> queries, Duration deadline) throws NodeUnreachable {
        var script = new StringBuilder();
        for (var index = 0; index < queries.size(); index++) {
            script.append(BatchScript.ask(index, QueryScript.render(queries.get(index), deadline)));
        }
        var until = Deadline.in(deadline);
        return withShell(shell -> {
            shell.send(script.toString());
            var answers = new ArrayList<Answer>();
            for (var query : queries) {
                answers.add(QueryAnswers.parse(query, shell.outcome(answers.size(), until)));
            }
            return answers;
        });
    }

    @Override
    public BatchResult perform(Batch batch, ActionListener listener) {
        if (batch.actions().isEmpty()) {
            return new BatchResult(List.of());
        }
        var cancelled = new AtomicBoolean();
        var own = new ControllerActions(new NodeRoutes(), settings.grace(), cancelled::get);
        var watch = Stopwatch.started();
        BatchExecution performance;
        NodeConnection current;
        try {
            current = connected();
            performance = new BatchExecution(batch, current.shell(), own, settings.grace(), listener);
        } catch (NodeUnreachable e) {
            return only(ActionResults.barred(e.getMessage(), watch), listener);
        } catch (IllegalArgumentException e) {
            return only(ActionResults.refused(e.getMessage(), watch), listener);
        }
        var token = Nonces.next();
        running = new Running(batch.run(), token, current, cancelled);
        try {
            performance.run(current.session(), token);
        } catch (ShellLost e) {
            // What that means for the batch is in its results; the next call makes a new connection.
            lose();
        } finally {
            running = null;
        }
        return performance.result();
    }

    /** Nothing was sent, so it is certain that nothing was done. */
    private static BatchResult only(ActionResult result, ActionListener listener) {
        listener.ended(0, result);
        return new BatchResult(List.of(result));
    }

    @Override
    public ClaimResult claim(Claim claim) throws NodeUnreachable {
        return withShell(shell -> new NodeLock(name, shell).claim(claim));
    }

    @Override
    public void record(Claim claim, String line) throws NodeUnreachable {
        var session = connected().session();
        withShell(shell -> new NodeLock(name, shell).record(claim, line, session));
    }

    @Override
    public void keep(Claim claim, String keptName, String text) throws NodeUnreachable {
        withShell(shell -> new NodeLock(name, shell).keep(claim, keptName, text));
    }

    @Override
    public Optional<String> kept(String run, String keptName) throws NodeUnreachable {
        return withShell(shell -> new NodeLock(name, shell).kept(run, keptName));
    }

    @Override
    public NodeJournal readJournal(String run) throws NodeUnreachable {
        return withShell(shell -> new NodeLock(name, shell).readJournal(run));
    }

    @Override
    public NodeJournal settle(Batch left) throws NodeUnreachable {
        var session = connected().session();
        return withShell(shell -> {
            var lock = new NodeLock(name, shell);
            lock.settle(left, session);
            return lock.readJournal(left.run());
        });
    }

    @Override
    public List<String> runs() throws NodeUnreachable {
        return withShell(shell -> new NodeLock(name, shell).runs());
    }

    @Override
    public List<RetainedFolder> remains(String run, List<String> folders) throws NodeUnreachable {
        return withShell(shell -> new NodeLock(name, shell).remains("rb_remains", run, folders));
    }

    @Override
    public List<RetainedFolder> clean(String run, List<String> folders) throws NodeUnreachable {
        return withShell(shell -> new NodeLock(name, shell).remains("rb_clean", run, folders));
    }

    @Override
    public void release(Claim claim) throws NodeUnreachable {
        withShell(shell -> new NodeLock(name, shell).release(claim));
    }

    @Override
    public ProbeResult check(Probe probe, Duration deadline) throws NodeUnreachable {
        return switch (probe) {
            case Probe.OnNode onNode -> checkThere(onNode, deadline);
            case Probe.Tunnelled through -> tunnelled.check(through, deadline);
        };
    }

    private ProbeResult checkThere(Probe.OnNode probe, Duration deadline) throws NodeUnreachable {
        return withShell(shell -> {
            shell.send(BatchScript.ask(0, ProbeScript.render(probe)));
            var outcome = shell.outcome(0, Deadline.in(deadline));
            if (outcome.status() == 0) {
                return new ProbeResult.Holds();
            }
            var found = new String(outcome.output(), java.nio.charset.StandardCharsets.UTF_8).strip();
            return new ProbeResult.DoesNotHold(found.isEmpty() ? outcome.why() : found);
        });
    }

    @Override
    public MemberReader openMember(EtcdAccess access) throws NodeUnreachable, MemberUnreachable {
        return members.open(access);
    }

    @Override
    public void cancel() {
        hurried = true;
        var current = running;
        if (current == null) {
            return;
        }
        current.cancelled().set(true);
        var transfer = bulk;
        if (transfer != null) {
            transfer.close();
        }
        try (var side = start.open(current.link().transport(), false)) {
            side.send(BatchScript.ask(0, List.of("rb_cancel", current.run(), current.token())));
            side.outcome(0, Deadline.in(settings.startPatience()));
        } catch (NodeUnreachable | ShellLost e) {
            // No second way in: giving up the first one ends the wait, and leaves the action in doubt.
            current.link().close();
        }
    }

    @Override
    public void close() {
        hurried = true;
        lose();
    }

    /** A host that answered before is dialled again for a while: it, or its sshd, may be restarting. */
    private NodeConnection connected() throws NodeUnreachable {
        var current = link;
        if (current != null && current.shell().alive()) {
            return current;
        }
        lose();
        hurried = false;
        var patience = Deadline.in(answeredBefore ? settings.absence() : Duration.ZERO);
        while (true) {
            try {
                current = NodeConnection.open(opener, start);
                link = current;
                answeredBefore = true;
                return current;
            } catch (NodeUnreachable e) {
                if (hurried || patience.left().compareTo(REDIAL) < 0) {
                    throw e;
                }
            }
            pause();
        }
    }

    private void pause() throws NodeUnreachable {
        try {
            Thread.sleep(REDIAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeUnreachable(name + ": interrupted while it was unreachable", "try again");
        }
    }

    private void lose() {
        var current = link;
        link = null;
        if (current != null) {
            current.close();
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(FramedShell shell) throws ShellLost, NodeUnreachable;
    }

    private <T> T withShell(Work<T> work) throws NodeUnreachable {
        try {
            return work.with(connected().shell());
        } catch (ShellLost e) {
            lose();
            throw new NodeUnreachable(
                    name + " does not answer: " + e.getMessage(), "check that host and the way to it, then try again");
        }
    }

    /** What the parts of this node may do with its connection. */
    private final class NodeRoutes
            implements TunnelledMembers.Route, HttpsProbe.Route, PeerProbe.Route, ControllerActions.Links {
        @Override
        public List<Answer> ask(List<Query> queries, Duration deadline) throws NodeUnreachable {
            return ShellNode.this.ask(queries, deadline);
        }

        @Override
        public Tunnel tunnel(String host, int port) throws NodeUnreachable {
            return connected().tunnel(host, port);
        }

        @Override
        public String readAuthority(String path) throws NodeUnreachable, MemberUnreachable {
            return members.readAuthority(path);
        }

        @Override
        public FramedShell openBulkShell() throws NodeUnreachable {
            var opened = start.open(connected().transport(), true);
            bulk = opened;
            return opened;
        }

        @Override
        public ProbeResult check(Probe.Tunnelled probe, Duration deadline) throws NodeUnreachable {
            return tunnelled.check(probe, deadline);
        }

        @Override
        public void saveSnapshot(EtcdAccess access, Path target, Duration deadline, LongConsumer moved)
                throws NodeUnreachable, MemberUnreachable {
            members.saveSnapshot(access, target, deadline, moved);
        }
    }
}
