package dev.runbook.execute;

import dev.runbook.model.Failure;
import dev.runbook.node.Claim;
import dev.runbook.node.ClaimResult;
import dev.runbook.node.Fleet;
import dev.runbook.node.NodeUnreachable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The run's lock on every host: all or none. */
final class Locks {
    private final Fleet fleet;
    private final Claim claim;

    Locks(Fleet fleet, Claim claim) {
        this.fleet = fleet;
        this.claim = claim;
    }

    /** Takes all of them; when one is refused, gives back the others and says why. */
    List<Outcome.Leftover> take() {
        var refused = new ArrayList<Outcome.Leftover>();
        Fleet.onEach(fleet.nodes().keySet(), this::claimOne).forEach((_, reason) -> reason.ifPresent(refused::add));
        if (!refused.isEmpty() && claim.epoch() == 1) {
            release();
        }
        return refused;
    }

    private Optional<Outcome.Leftover> claimOne(String host) {
        try {
            return switch (fleet.node(host).claim(claim)) {
                case ClaimResult.Granted _ -> Optional.empty();
                case ClaimResult.HeldBy(var holder) ->
                    Optional.of(reason(
                            host,
                            "run " + holder.run() + " of " + holder.owner() + " has it since " + holder.since()
                                    + "; `runbook runs show " + holder.run() + "` there, and `runbook rollback "
                                    + holder.run() + "` when that run is dead"));
            };
        } catch (NodeUnreachable e) {
            return Optional.of(reason(host, e.getMessage() + "; " + e.next()));
        }
    }

    private static Outcome.Leftover reason(String host, String why) {
        return new Outcome.Leftover(host, "lock", "take the host's lock", Failure.of(why));
    }

    /** Gives back what is ours; a host that cannot be reached keeps a lock that the next run names. */
    List<String> release() {
        var kept = new ArrayList<String>();
        Fleet.onEach(fleet.nodes().keySet(), host -> {
                    try {
                        fleet.node(host).release(claim);
                        return Optional.<String>empty();
                    } catch (NodeUnreachable e) {
                        return Optional.of(host);
                    }
                })
                .forEach((_, host) -> host.ifPresent(kept::add));
        return kept;
    }
}
