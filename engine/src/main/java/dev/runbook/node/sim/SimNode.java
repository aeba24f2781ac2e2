package dev.runbook.node.sim;

import dev.runbook.model.Action;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Answer;
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
import dev.runbook.node.MemberUnreachable;
import dev.runbook.node.Node;
import dev.runbook.node.NodeJournal;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A node in memory that keeps the contract of a real one, and on which a fault can be put on any action. */
public final class SimNode implements Node {

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
    private final SimSeed seed;
    private final SimPrograms programs;
    private final SimQueries answers;
    private final SimProbes probes;
    private final SimActions actions;
    private Duration now = Duration.ZERO;
    private final SimNodeJournal.Book stories = new SimNodeJournal.Book();

    @Nullable
    private Claim holder;

    private boolean reachable = true;
    private boolean full;
    private boolean goesOn;
    private final Map<Integer, Fault> forward = new HashMap<>();
    private final Map<Integer, Fault> backward = new HashMap<>();
    private int stallAt = -1;
    private boolean working;
    private boolean cancelled;

    SimNode(String name, SimCluster cluster, SimSeed seed) {
        this.name = name;
        this.cluster = cluster;
        this.seed = seed;
        this.services = new SimServices(name, tree, cluster);
        this.programs = new SimPrograms(tree);
        this.answers = new SimQueries(this);
        this.probes = new SimProbes(this);
        this.actions = new SimActions(this);
    }

    public SimCluster cluster() {
        return cluster;
    }

    SimSeed seeded() {
        return seed;
    }

    /** The run that has it now. */
    String run() {
        return holder == null ? "" : holder.run();
    }

    SimPrograms programs() {
        return programs;
    }

    /** What this node could not run and took for done, a sentence each. */
    public List<String> assumed() {
        synchronized (cluster) {
            return programs.assumed();
        }
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
        cluster.stoppable(name, reached);
    }

    /** How everything stands, but for what the run keeps in folders of its own. */
    public SimView look(String run) {
        synchronized (cluster) {
            var paths = new TreeMap<>(tree.all());
            paths.keySet().removeIf(path -> path.contains("runbook-" + run));
            return new SimView(
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
            now = cluster.time().begins(batch.run() + "/" + batch.epoch() + "/" + batch.first());
        }
        for (var action : batch.actions()) {
            var result = one(batch, action, batch.first() + results.size());
            results.add(result);
            // Whoever listens may die of it, and then the last action has no end in the journal.
            listener.ended(results.size() - 1, result);
            if (!result.succeeded()) {
                break;
            }
        }
        goOnUnheard(batch, results.size());
        synchronized (cluster) {
            working = false;
            stories.of(batch.run()).endBatch();
        }
        return new BatchResult(results);
    }

    /** What a node does with the rest of what it was sent when the link is lost in silence. */
    private void goOnUnheard(Batch batch, int done) {
        for (int index = done; goesOn && index < batch.actions().size(); index++) {
            goesOn = one(batch, batch.actions().get(index), batch.first() + index)
                    .succeeded();
        }
        goesOn = false;
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
                return SimTree.barred(
                        held != null && held.run().equals(batch.run())
                                ? "taken over by " + held.owner() + " (epoch " + held.epoch() + ") at " + held.since()
                                : "the lock of this node is not held by run " + batch.run());
            }
            if (past.size() - 1 == stallAt && batch.first() < FIRST_UNDO && !stalled()) {
                return new ActionResult.Failed(Failure.of("cancelled"), Duration.ZERO);
            }
            var begun = now;
            services.at(begun);
            var injected = Optional.ofNullable((batch.first() >= FIRST_UNDO ? backward : forward).get(past.size() - 1));
            boolean heard = !injected.equals(Optional.of(Fault.LOST_BEFORE));
            if (action.mutates() && heard) {
                stories.of(batch.run()).started(batch.epoch(), number);
            }
            var result = full && DiskSpace.isNeeded(action)
                    ? new ActionResult.Failed(Failure.of("no space left on device"), Duration.ZERO)
                    : injected.map(fault -> faulty(action, number, fault))
                            .orElseGet(() -> apply(action, number, false));
            if (action.mutates() && heard && !injected.equals(Optional.of(Fault.DIES))) {
                stories.of(batch.run()).ended(batch.epoch(), number, result);
            }
            if (batch.first() >= FIRST_UNDO && !result.succeeded()) {
                cluster.stoppable(name, false);
            }
            services.sync();
            cluster.time().reaches(now);
            cluster.notifyAll();
            return took(result, now.minus(begun));
        }
    }

    private ActionResult apply(Action action, long number, boolean half) {
        now = now.plus(SimDelays.MEASURED.of(action));
        return action instanceof Action.Await await ? awaited(await) : actions.apply(action, number, half);
    }

    private static ActionResult took(ActionResult result, Duration time) {
        return switch (result) {
            case ActionResult.Done _ -> new ActionResult.Done(time);
            case ActionResult.AlreadyDone _ -> new ActionResult.AlreadyDone(time);
            case ActionResult.Refused refused -> new ActionResult.Refused(refused.failure(), time);
            case ActionResult.Barred barred -> new ActionResult.Barred(barred.failure(), time);
            case ActionResult.Failed failed -> new ActionResult.Failed(failed.failure(), time);
            case ActionResult.InDoubt doubt -> new ActionResult.InDoubt(doubt.failure(), time);
            case ActionResult.NotBegun notBegun -> notBegun;
        };
    }

    private ActionResult faulty(Action action, long number, Fault fault) {
        var failure = Failure.of("injected");
        switch (fault) {
            case REFUSED, FAILED_BEFORE, LOST_BEFORE -> {}
            case DISK_FULL -> {
                full = true;
                if (!DiskSpace.isNeeded(action)) {
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
            case LOST_GOES_ON -> {
                apply(action, number, false);
                goesOn = true;
            }
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
            case LOST_BEFORE, LOST_AFTER, LOST_GOES_ON, DIES -> new ActionResult.InDoubt(failure, Duration.ZERO);
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

    /** Gives the monitor up while it waits for other nodes; alone, or past its deadline, it fails at once. */
    private ActionResult awaited(Action.Await await) {
        var quietSince = System.nanoTime();
        var seen = cluster.sequence().size();
        for (var found = probes.different(await.probe()); ; found = probes.different(await.probe())) {
            if (found.isEmpty()) {
                return settled(await);
            }
            if (cancelled) {
                return SimTree.failed("cancelled; so far: " + found.get());
            }
            if (cluster.sequence().size() != seen) {
                seen = cluster.sequence().size();
                quietSince = System.nanoTime();
            }
            var left = PATIENCE.minusNanos(System.nanoTime() - quietSince).toMillis();
            if (left <= 0 || !SimProbes.hangsOnOthers(await.probe())) {
                now = now.plus(await.deadline());
                return SimTree.failed(waited(await, found.get()));
            }
            waitFor(left);
        }
    }

    /** It holds once what was set off has come to its end, in virtual time. */
    private ActionResult settled(Action.Await await) {
        var until = probes.holdsFrom(await.probe());
        if (until.minus(now).compareTo(await.deadline()) > 0) {
            var later = until.minus(now);
            now = now.plus(await.deadline());
            return SimTree.failed(waited(await, "it takes " + later.toSeconds() + " s"));
        }
        now = until.compareTo(now) > 0 ? until : now;
        return SimTree.done();
    }

    private static String waited(Action.Await await, String found) {
        return "waited " + await.deadline().toSeconds() + " s: " + found;
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
        if (held != null && !isOurs(held, claim)) {
            return new ClaimResult.HeldBy(held);
        }
        holder = claim;
        stories.claimed(claim.run());
        return new ClaimResult.Granted();
    }

    private static boolean isOurs(Claim held, Claim claim) {
        return held.run().equals(claim.run())
                && (held.epoch() < claim.epoch()
                        || (held.epoch() == claim.epoch() && held.owner().equals(claim.owner())));
    }

    @Override
    public void record(Claim claim, String line) throws NodeUnreachable {
        reach();
        if (!claim.equals(holder)) {
            throw new NodeUnreachable(name + ": the lock is not held", "");
        }
        synchronized (cluster) {
            cluster.records(name, line);
            stories.of(claim.run()).note(claim.epoch(), line);
        }
    }

    @Override
    public void keep(Claim claim, String keptName, String text) throws NodeUnreachable {
        reach();
        if (!claim.equals(holder)) {
            throw new NodeUnreachable(name + ": the lock is not held", "");
        }
        stories.of(claim.run()).kept.put(keptName, text);
    }

    @Override
    public Optional<String> kept(String run, String keptName) throws NodeUnreachable {
        reach();
        return Optional.ofNullable(stories.of(run).kept.get(keptName));
    }

    @Override
    public NodeJournal story(String run) throws NodeUnreachable {
        reach();
        synchronized (cluster) {
            return stories.of(run).told(Optional.ofNullable(holder));
        }
    }

    @Override
    public List<String> runs() throws NodeUnreachable {
        reach();
        return stories.runs();
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
            return probes.different(probe)
                    .<ProbeResult>map(ProbeResult.DoesNotHold::new)
                    .orElseGet(ProbeResult.Holds::new);
        }
    }

    @Override
    public List<Answer> ask(List<Query> queries, Duration deadline) throws NodeUnreachable {
        reach();
        synchronized (cluster) {
            return queries.stream().map(answers::to).toList();
        }
    }

    @Override
    public MemberReader openMember(EtcdAccess access) throws NodeUnreachable {
        reach();
        return reader(access);
    }

    SimMemberReader reader(EtcdAccess access) {
        boolean own = access.host().equals("127.0.0.1") || access.host().equals("localhost");
        var host = own ? name : cluster.hostAt(access.host()).orElse("nobody at " + access.host());
        return new SimMemberReader(cluster, host, access.url());
    }

    SimStore storeAt(EtcdAccess access) throws MemberUnreachable {
        return reader(access).store();
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
