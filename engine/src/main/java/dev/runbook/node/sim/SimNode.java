package dev.runbook.node.sim;

import dev.runbook.model.Action;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Answer;
import dev.runbook.model.Attributes;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.Failure;
import dev.runbook.model.Probe;
import dev.runbook.model.Query;
import dev.runbook.node.ActionListener;
import dev.runbook.node.Batch;
import dev.runbook.node.BatchResult;
import dev.runbook.node.Claim;
import dev.runbook.node.ClaimResult;
import dev.runbook.node.MemberReader;
import dev.runbook.node.Node;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A node in memory that keeps the contract of a real one, and on which a fault can be put on any action. */
public final class SimNode implements Node {
    /** Everything that must be as before when a run has been taken back. */
    public record Look(
            Map<String, SimTree.Thing> paths, Map<String, Boolean> units, List<String> containers, String member) {}

    /** Undo batches number their actions from here. */
    private static final long FIRST_UNDO = 1_000_000;

    private static final Duration PATIENCE = Duration.ofMillis(400);
    private static final Duration STALL = Duration.ofMillis(30);

    private final String name;
    private final SimCluster cluster;
    final SimTree tree = new SimTree();
    final SimServices services;
    private final List<String> performed = new ArrayList<>();
    private final List<String> undone = new ArrayList<>();
    private final Set<Long> programs = new HashSet<>();

    @Nullable
    private Claim holder;

    private boolean reachable = true;
    private boolean full;
    private final Map<Integer, Fault> forward = new HashMap<>();
    private final Map<Integer, Fault> backward = new HashMap<>();
    private int stallAt = -1;
    private boolean working;
    private boolean cancelled;

    SimNode(String name, SimCluster cluster) {
        this.name = name;
        this.cluster = cluster;
        this.services = new SimServices(name, tree, cluster);
    }

    /** The action with this number, counted from 0 over all batches of the way forward, goes wrong. */
    public void failAt(int number, Fault how) {
        forward.put(number, how);
    }

    /** The undo with this number goes wrong. */
    public void failUndoAt(int number, Fault how) {
        backward.put(number, how);
    }

    /** The action with this number, forward, takes a while, or until somebody cancels it. */
    public void stallAt(int number) {
        stallAt = number;
    }

    /** From now on all goes well. */
    public void mend() {
        forward.clear();
        backward.clear();
        reachable(true);
        full = false;
    }

    /** What it was told to do, in order, forward. */
    public List<String> performed() {
        return Collections.unmodifiableList(performed);
    }

    /** What it was told to take back, in order. */
    public List<String> undone() {
        return Collections.unmodifiableList(undone);
    }

    /** Its files, for hands from outside. */
    public SimTree tree() {
        return tree;
    }

    /** What runs on it. */
    public SimServices services() {
        return services;
    }

    /** Whether a run holds this node's lock. */
    public boolean isLocked() {
        return holder != null;
    }

    /** Cuts every connection to it, or lets them through again. */
    public void reachable(boolean reached) {
        reachable = reached;
        cluster.reachable(name, reached);
    }

    /** How everything stands, but for what the run keeps in folders of its own. */
    public Look look(String run) {
        synchronized (cluster) {
            var paths = new TreeMap<>(tree.all());
            paths.keySet().removeIf(path -> path.contains("runbook-" + run));
            return new Look(
                    paths,
                    Map.copyOf(services.units),
                    List.copyOf(services.containers),
                    String.valueOf(cluster.members().get(name)));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public BatchResult perform(Batch batch, ActionListener listener) {
        var results = new ArrayList<ActionResult>();
        if (!reachable && !batch.actions().isEmpty()) {
            // As a real node does when it finds no connection: nothing was sent, so nothing was done.
            var refused = SimTree.barred(name + " cannot be reached");
            listener.ended(0, refused);
            return new BatchResult(List.of(refused));
        }
        synchronized (cluster) {
            working = true;
            cancelled = false;
        }
        for (var action : batch.actions()) {
            var result = one(batch, action, batch.first() + results.size());
            results.add(result);
            listener.ended(results.size() - 1, result);
            if (!result.succeeded()) {
                break;
            }
        }
        synchronized (cluster) {
            working = false;
        }
        return new BatchResult(results);
    }

    private ActionResult one(Batch batch, Action action, long number) {
        synchronized (cluster) {
            var past = batch.first() >= FIRST_UNDO ? undone : performed;
            past.add(action.describe());
            if (cancelled) {
                return SimTree.barred("cancelled before it began");
            }
            var held = holder;
            if (action.mutates()
                    && (held == null || !held.run().equals(batch.run()) || held.epoch() != batch.epoch())) {
                return SimTree.barred("the lock of this node is not held by run " + batch.run());
            }
            if (past.size() - 1 == stallAt && batch.first() < FIRST_UNDO && !stalled()) {
                return new ActionResult.Failed(Failure.of("cancelled"), Duration.ZERO);
            }
            var injected = Optional.ofNullable((batch.first() >= FIRST_UNDO ? backward : forward).get(past.size() - 1));
            var result = full && Space.isNeeded(action)
                    ? new ActionResult.Failed(Failure.of("no space left on device"), Duration.ZERO)
                    : injected.map(fault -> faulty(action, number, fault))
                            .orElseGet(() -> apply(action, number, false));
            services.sync();
            cluster.notifyAll();
            return result;
        }
    }

    private ActionResult faulty(Action action, long number, Fault fault) {
        var failure = Failure.of("injected");
        switch (fault) {
            case REFUSED, FAILED_BEFORE, LOST_BEFORE -> {}
            case DISK_FULL -> {
                full = true;
                if (!Space.isNeeded(action)) {
                    return apply(action, number, false);
                }
                apply(action, number, true);
            }
            case REPEATED -> {
                return repeated(action, number);
            }
            case DECEIVES -> {
                var result = apply(action, number, false);
                if (action instanceof Action.RestoreData restore) {
                    tree.damage(restore.dataDir() + "/member");
                }
                return result;
            }
            case FAILED_AFTER, LOST_AFTER -> apply(action, number, false);
            case FAILED_HALFWAY -> apply(action, number, true);
            case DIES -> {
                apply(action, number, false);
                reachable(false);
            }
        }
        return switch (fault) {
            case REFUSED -> new ActionResult.Refused(failure, Duration.ZERO);
            case FAILED_BEFORE, FAILED_HALFWAY, FAILED_AFTER, DISK_FULL, REPEATED, DECEIVES ->
                new ActionResult.Failed(failure, Duration.ZERO);
            case LOST_BEFORE, LOST_AFTER, DIES -> new ActionResult.InDoubt(failure, Duration.ZERO);
        };
    }

    /** The same action twice, as after a link that was lost on the way: the second time changes nothing. */
    private ActionResult repeated(Action action, long number) {
        var first = apply(action, number, false);
        if (first.succeeded() && action.mutates()) {
            var before = tree.all();
            var second = apply(action, number, false);
            if (!second.succeeded() || !tree.all().equals(before)) {
                cluster.violation(name + ": a second time, '" + action.describe() + "' is not done already: " + second);
            }
        }
        return first;
    }

    private ActionResult apply(Action action, long number, boolean half) {
        return switch (action) {
            case Action.MakeFolder make -> tree.makeFolder(make);
            case Action.RemoveEmptyFolder remove -> tree.removeEmptyFolder(remove.path());
            case Action.MovePath move -> {
                if (services.disturbs(move.from()) || services.disturbs(move.to())) {
                    cluster.violation(name + " moves " + move.from() + " below a running member");
                }
                yield tree.move(move.from(), move.to());
            }
            case Action.CreateFile create -> tree.createFile(create);
            case Action.ReplaceFile replace -> tree.replaceFile(replace, half);
            case Action.PutBack back -> tree.putBack(back);
            case Action.PlaceFile place -> tree.placeFile(place);
            case Action.TakeAway away -> tree.takeAway(away);
            case Action.SendFile send -> tree.send(send, half);
            case Action.RestoreData restore -> tree.restore(restore, half);
            case Action.MatchAttributes match -> tree.matchAttributes(match);
            case Action.StartUnit start -> services.start(start.unit());
            case Action.StopUnit stop -> services.stop(stop.unit());
            case Action.RestartUnit restart -> services.restart(restart.unit());
            case Action.ReloadUnits _ -> services.reload();
            case Action.StopContainer stop -> services.stopContainer(stop.name());
            case Action.Await await -> awaited(await.probe());
            case Action.RunProgram program -> run(program, number);
            case Action.SaveSnapshot _, Action.StreamSnapshot _, Action.FetchFile _ -> SimTree.done();
        };
    }

    /** As programs.sh: what ended well under this number is not run again. Two programs are known here. */
    private ActionResult run(Action.RunProgram program, long number) {
        if (!programs.add(number)) {
            return SimTree.already();
        }
        switch (program.argv().getFirst()) {
            case "touch" -> tree.setUp(program.argv().get(1), "touched", Attributes.PRIVATE_FILE);
            case "rm" -> tree.remove(program.argv().get(1));
            default -> throw new IllegalArgumentException(program.argv().toString());
        }
        return SimTree.done();
    }

    /** Whether it was left to end by itself. */
    private boolean stalled() {
        var until = System.nanoTime() + STALL.toNanos();
        for (var left = STALL.toMillis(); left > 0 && !cancelled; ) {
            waitFor(left);
            left = Duration.ofNanos(until - System.nanoTime()).toMillis();
        }
        return !cancelled;
    }

    private void waitFor(long milliseconds) {
        try {
            cluster.wait(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives the monitor up while it waits, so that other nodes go on. */
    private ActionResult awaited(Probe probe) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(probe)) {
            var left = Duration.ofNanos(until - System.nanoTime()).toMillis();
            if (cancelled || left <= 0) {
                var why = cancelled ? "cancelled" : "waited in vain until " + probe.describe();
                return new ActionResult.Failed(Failure.of(why), Duration.ZERO);
            }
            waitFor(left);
        }
        return SimTree.done();
    }

    private boolean holds(Probe probe) {
        return switch (probe) {
            case Probe.ContainerRunning running -> services.containers.contains(running.name());
            case Probe.ContainerGone gone -> !services.containers.contains(gone.name());
            case Probe.UnitActive active -> services.runs(active.unit());
            case Probe.UnitInactive inactive -> !services.runs(inactive.unit());
            case Probe.LockFree _ -> !services.etcdRuns();
            case Probe.MemberIs member -> memberIs(member.expected());
            case Probe.MembersAgree _ -> cluster.agree();
            case Probe.PathPresent present -> tree.there(present.path());
            case Probe.PathAbsent absent -> !tree.there(absent.path());
            case Probe.HttpsOk _ -> services.containers.contains("kube-apiserver");
            case Probe.KeyPresence _, Probe.ProgramSucceeds _ -> true;
        };
    }

    private boolean memberIs(Probe.Expected expected) {
        var running = Optional.ofNullable(cluster.members().get(name));
        return running.isPresent()
                && running.get().sound()
                && expected.memberId().map(running.get().memberId()::equals).orElse(true)
                && expected.clusterId().map(running.get().clusterId()::equals).orElse(true)
                && cluster.hasQuorum(running.get().clusterId());
    }

    private void reach() throws NodeUnreachable {
        if (!reachable) {
            throw new NodeUnreachable(name + " cannot be reached", "see whether it is up");
        }
    }

    @Override
    public ClaimResult claim(Claim claim) throws NodeUnreachable {
        reach();
        var held = holder;
        if (held != null && !(held.run().equals(claim.run()) && held.epoch() <= claim.epoch())) {
            return new ClaimResult.HeldBy(held);
        }
        holder = claim;
        return new ClaimResult.Granted();
    }

    @Override
    public void record(Claim claim, String line) throws NodeUnreachable {
        reach();
        if (!claim.equals(holder)) {
            throw new NodeUnreachable(name + ": the lock is not held", "");
        }
        synchronized (cluster) {
            cluster.records(name, line);
        }
    }

    @Override
    public void release(Claim claim) throws NodeUnreachable {
        reach();
        if (claim.equals(holder)) {
            holder = null;
        }
    }

    @Override
    public ProbeResult check(Probe probe, Duration deadline) throws NodeUnreachable {
        reach();
        synchronized (cluster) {
            return holds(probe) ? new ProbeResult.Holds() : new ProbeResult.DoesNotHold("not so");
        }
    }

    @Override
    public List<Answer> ask(List<Query> queries, Duration deadline) throws NodeUnreachable {
        throw new NodeUnreachable("nothing is asked here", "");
    }

    @Override
    public MemberReader openMember(EtcdAccess access) throws NodeUnreachable {
        throw new NodeUnreachable("no member answers here", "");
    }

    @Override
    public void cancel() {
        synchronized (cluster) {
            cancelled = working;
            cluster.notifyAll();
        }
    }

    @Override
    public void close() {}
}
