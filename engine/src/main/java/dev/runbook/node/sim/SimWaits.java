package dev.runbook.node.sim;

import dev.runbook.model.ActionResult;
import dev.runbook.model.action.Await;
import java.time.Duration;
import java.util.function.Consumer;

/** Waits of a simulated node. It gives up the cluster's monitor while it waits for other nodes. */
final class SimWaits {
    /**
     * How many looks in a row may see other nodes do nothing before a wait for them counts as failed. Looks, not a time: on a
     * busy machine a thread that is to do something comes late, but no later than many looks of this one.
     */
    private static final int PATIENCE = 20;

    private static final long LOOK_MILLISECONDS = 20;

    private static final Duration STALL = Duration.ofMillis(30);

    private final SimNode node;
    private final SimCluster cluster;
    private final SimProbes probes;

    SimWaits(SimNode node) {
        this.node = node;
        this.cluster = node.cluster();
        this.probes = new SimProbes(node);
    }

    SimProbes probes() {
        return probes;
    }

    /** Stalls an action; whether it ended by itself and was not cancelled. */
    boolean stall() {
        var until = System.nanoTime() + STALL.toNanos();
        for (var left = STALL.toMillis(); left > 0 && !node.isCancelled(); ) {
            waitFor(left);
            left = Duration.ofNanos(until - System.nanoTime()).toMillis();
        }
        return !node.isCancelled();
    }

    /**
     * Waits for a probe. It fails at once when only this node could make it hold, and after its patience otherwise.
     *
     * @param waits is told what was found instead
     */
    ActionResult await(Await await, Consumer<String> waits) {
        int quiet = 0;
        var seen = cluster.progress();
        for (var found = probes.different(await.probe()); ; found = probes.different(await.probe())) {
            if (found.isEmpty()) {
                return settled(await);
            }
            if (node.isCancelled()) {
                return SimTree.failed("cancelled; so far: " + found.get());
            }
            quiet = cluster.progress() == seen ? quiet + 1 : 0;
            seen = cluster.progress();
            if (quiet > PATIENCE || !SimProbes.hangsOnOthers(await.probe())) {
                node.passes(await.deadline());
                return SimTree.failed(waited(await, found.get()));
            }
            waits.accept(found.get());
            waitFor(LOOK_MILLISECONDS);
        }
    }

    /** It holds once what was set off has come to its end, in virtual time. */
    private ActionResult settled(Await await) {
        var left = probes.holdsFrom(await.probe()).minus(node.now());
        if (left.compareTo(await.deadline()) > 0) {
            node.passes(await.deadline());
            return SimTree.failed(waited(await, "it takes " + left.toSeconds() + " s"));
        }
        if (left.isPositive()) {
            node.passes(left);
        }
        return SimTree.done();
    }

    private static String waited(Await await, String found) {
        return "waited " + await.deadline().toSeconds() + " s: " + found;
    }

    private void waitFor(long milliseconds) {
        try {
            cluster.wait(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
