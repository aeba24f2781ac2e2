package dev.runbook.node.sim;

import dev.runbook.node.Claim;
import dev.runbook.node.ClaimResult;
import dev.runbook.node.LockLost;
import dev.runbook.node.NodeJournal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lock of a simulated node, and the journals and texts that runs keep there. */
final class SimLock {
    private final String node;
    private final SimNodeJournal.Book journals = new SimNodeJournal.Book();

    @Nullable
    private Claim holder;

    SimLock(String node) {
        this.node = node;
    }

    /** The run that holds it; empty text where none does. */
    String run() {
        return holder == null ? "" : holder.run();
    }

    boolean isHeld() {
        return holder != null;
    }

    ClaimResult claim(Claim claim) {
        var held = holder;
        if (held != null && !mayTakeOver(held, claim)) {
            return new ClaimResult.HeldBy(held);
        }
        holder = claim;
        journals.claimed(claim.run());
        return new ClaimResult.Granted();
    }

    private static boolean mayTakeOver(Claim held, Claim claim) {
        return held.run().equals(claim.run())
                && (held.epoch() < claim.epoch()
                        || (held.epoch() == claim.epoch() && held.owner().equals(claim.owner())));
    }

    /** Why a batch of a run may not change the node; empty when it may. */
    Optional<String> bars(String run, long epoch) {
        var held = holder;
        if (held == null || !held.run().equals(run)) {
            return Optional.of("the lock of this node is not held by run " + run);
        }
        return held.epoch() == epoch
                ? Optional.empty()
                : Optional.of("taken over by " + held.owner() + " (epoch " + held.epoch() + ") at " + held.since());
    }

    void require(Claim claim) throws LockLost {
        if (!claim.equals(holder)) {
            throw new LockLost(
                    node + ": " + bars(claim.run(), claim.epoch()).orElse("the lock is held by " + claim.owner()),
                    "see the controller that has the run now");
        }
    }

    void release(Claim claim) {
        if (claim.equals(holder)) {
            holder = null;
        }
    }

    SimNodeJournal journal(String run) {
        return journals.of(run);
    }

    NodeJournal read(String run) {
        return journals.of(run).read(Optional.ofNullable(holder));
    }

    List<String> runs() {
        return journals.runs();
    }
}
