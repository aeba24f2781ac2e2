package dev.runbook.node.sim;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Answer;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.Probe;
import dev.runbook.model.Query;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
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
import dev.runbook.node.sim.member.SimDelays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A simulated node. It keeps the contract of a real one, and a fault can be injected into any action. */
public final class SimNode implements Node {
    /** Undo batches number their actions from here. */
    private static final long FIRST_UNDO = 1_000_000;

    private final String name;
    private final SimCluster cluster;
    final SimTree tree = new SimTree();
    final SimServices services;
    private final List<String> performed = new ArrayList<>();
    private final List<String> undone = new ArrayList<>();
    private final SimSeed seed;
    private final SimPrograms programs;
    private final SimQueries queries;
    private final SimActions actions;
    private final SimFaults faults;
    private final SimWaits waits;
    private final SimLock lock;
    private Duration now = Duration.ZERO;
    private boolean reachable = true;
    private boolean working;
    private boolean cancelled;

    SimNode(String name, SimCluster cluster, SimSeed seed) {
        this.name = name;
        this.cluster = cluster;
        this.seed = seed;
        this.services = new SimServices(name, seed, tree, cluster);
        this.programs = new SimPrograms(tree);
        this.queries = new SimQueries(this);
        this.actions = new SimActions(this);
        this.faults = new SimFaults(this);
        this.waits = new SimWaits(this);
        this.lock = new SimLock(name);
    }

    public SimCluster cluster() {
        return cluster;
    }

    SimSeed seeded() {
        return seed;
    }

    /** The run that holds the lock now. */
    String run() {
        return lock.run();
    }

    SimPrograms programs() {
        return programs;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Virtual time since the simulation began. */
    Duration now() {
        return now;
    }

    /** Lets virtual time pass. */
    void passes(Duration time) {
        now = now.plus(time);
    }

    /** What this node could not run and took for done, a sentence each. */
    public List<String> assumed() {
        synchronized (cluster) {
            return programs.assumed();
        }
    }

    public SimFaults faults() {
        return faults;
    }

    /** The actions that it was sent, in order, forward. */
    public List<String> performed() {
        return Collections.unmodifiableList(performed);
    }

    /** The undos that it was sent, in order. */
    public List<String> undone() {
        return Collections.unmodifiableList(undone);
    }

    /** Its files, to be changed from outside of a run. */
    public SimTree tree() {
        return tree;
    }

    /** What runs on it. */
    public SimServices services() {
        return services;
    }

    /** Whether a run holds this node's lock. */
    public boolean isLocked() {
        return lock.isHeld();
    }

    /** Cuts every connection to it, or lets them through again. */
    public void reachable(boolean reached) {
        reachable = reached;
        cluster.stoppable(name, reached);
    }

    /** Its state, without the run's own folders. */
    public SimView view(String run) {
        synchronized (cluster) {
            return SimView.of(this, run);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public BatchResult perform(Batch batch, ActionListener listener) {
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
        try {
            return perform(batch, listener, new ArrayList<>());
        } finally {
            cluster.time().rests();
        }
    }

    private BatchResult perform(Batch batch, ActionListener listener, List<ActionResult> results) {
        for (var action : batch.actions()) {
            int index = results.size();
            var result = one(batch, action, batch.first() + index, found -> listener.waits(index, found));
            results.add(result);
            // Whoever listens may die of it, and then the last action has no end in the journal.
            listener.ended(results.size() - 1, result);
            if (!result.succeeded()) {
                break;
            }
        }
        continueAfterDisconnect(batch, results.size());
        synchronized (cluster) {
            working = false;
            lock.journal(batch.run()).endBatch();
        }
        return new BatchResult(results);
    }

    /** Performs the rest of what the node was sent when the connection is lost without an answer. */
    private void continueAfterDisconnect(Batch batch, int done) {
        int sent = batch.actions().size();
        for (int index = done; faults.continuesAfterDisconnect() && index < sent; index++) {
            faults.continueAfterDisconnect(one(batch, batch.actions().get(index), batch.first() + index, _ -> {})
                    .succeeded());
        }
        faults.continueAfterDisconnect(false);
    }

    private ActionResult one(Batch batch, Action action, long number, Consumer<String> seen) {
        synchronized (cluster) {
            boolean undo = batch.first() >= FIRST_UNDO;
            var past = undo ? undone : performed;
            int index = past.size();
            past.add(action.describe());
            if (cancelled) {
                return SimTree.barred("cancelled before it began");
            }
            var bar = action.mutates() ? lock.bars(batch.run(), batch.epoch()) : Optional.<String>empty();
            if (bar.isPresent()) {
                return SimTree.fenced(bar.get());
            }
            if (!undo && faults.stallsAt(index) && !waits.stall()) {
                return SimTree.failed("cancelled");
            }
            var begun = now;
            services.at(begun);
            var result = journalled(batch, action, number, faults.at(undo, index), seen);
            if (undo && !result.succeeded()) {
                cluster.stoppable(name, false);
            }
            services.at(now);
            services.sync();
            cluster.time().works(now);
            cluster.progressed();
            return result.took(now.minus(begun));
        }
    }

    private ActionResult journalled(
            Batch batch, Action action, long number, Optional<Fault> fault, Consumer<String> seen) {
        boolean arrives = action.mutates() && !fault.equals(Optional.of(Fault.LOST_BEFORE));
        if (arrives) {
            lock.journal(batch.run()).started(batch.epoch(), number);
        }
        var result = faults.stops(action)
                ? SimFaults.noSpace()
                : fault.map(how -> faults.perform(action, how, half -> apply(action, number, half, seen)))
                        .orElseGet(() -> apply(action, number, false, seen));
        if (arrives && !fault.equals(Optional.of(Fault.DIES))) {
            lock.journal(batch.run()).ended(batch.epoch(), number, result);
        }
        return result;
    }

    private ActionResult apply(Action action, long number, boolean half, Consumer<String> seen) {
        passes(SimDelays.MEASURED.of(action));
        return action instanceof Await await ? waits.await(await, seen) : actions.apply(action, number, half);
    }

    private void reach() throws NodeUnreachable {
        if (!reachable) {
            throw new NodeUnreachable(name + " cannot be reached", "check that it is up");
        }
    }

    @Override
    public ClaimResult claim(Claim claim) throws NodeUnreachable {
        reach();
        return lock.claim(claim);
    }

    @Override
    public void record(Claim claim, String line) throws NodeUnreachable {
        reach();
        lock.require(claim);
        synchronized (cluster) {
            cluster.records(name, line);
            lock.journal(claim.run()).note(claim.epoch(), line);
        }
    }

    @Override
    public void keep(Claim claim, String keptName, String text) throws NodeUnreachable {
        reach();
        lock.require(claim);
        lock.journal(claim.run()).kept.put(keptName, text);
    }

    @Override
    public Optional<String> kept(String run, String keptName) throws NodeUnreachable {
        reach();
        return Optional.ofNullable(lock.journal(run).kept.get(keptName));
    }

    @Override
    public NodeJournal readJournal(String run) throws NodeUnreachable {
        reach();
        synchronized (cluster) {
            return lock.read(run);
        }
    }

    @Override
    public List<String> runs() throws NodeUnreachable {
        reach();
        return lock.runs();
    }

    @Override
    public void release(Claim claim) throws NodeUnreachable {
        reach();
        lock.release(claim);
    }

    @Override
    public ProbeResult check(Probe probe, Duration deadline) throws NodeUnreachable {
        reach();
        synchronized (cluster) {
            return waits.probes()
                    .different(probe)
                    .<ProbeResult>map(ProbeResult.DoesNotHold::new)
                    .orElseGet(ProbeResult.Holds::new);
        }
    }

    @Override
    public List<Answer> ask(List<Query> asked, Duration deadline) throws NodeUnreachable {
        reach();
        synchronized (cluster) {
            return asked.stream().map(queries::to).toList();
        }
    }

    @Override
    public MemberReader openMember(EtcdAccess access) throws NodeUnreachable {
        reach();
        return reader(access);
    }

    SimMemberReader reader(EtcdAccess access) {
        boolean own = access.host().equals("127.0.0.1") || access.host().equals("localhost");
        var host = own ? name : cluster.hostAt(access.host()).orElse("no host at " + access.host());
        return new SimMemberReader(cluster, host, access.url(), name);
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
