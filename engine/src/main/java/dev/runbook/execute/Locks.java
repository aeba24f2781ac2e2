package dev.runbook.execute;

import dev.runbook.model.Failure;
import dev.runbook.node.Claim;
import dev.runbook.node.ClaimResult;
import dev.runbook.node.NodeJournal;
import dev.runbook.node.NodeRecord;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The run's lock on every host: all or none. */
final class Locks {
    private final NodeSet fleet;
    private final Claim claim;
    private final Predicate<Claim> ended;

    Locks(NodeSet fleet, Claim claim) {
        this(fleet, claim, _ -> false);
    }

    /** @param ended whether a holder's run is known to have ended: its lock was left on a host that could not be reached then */
    Locks(NodeSet fleet, Claim claim, Predicate<Claim> ended) {
        this.fleet = fleet;
        this.claim = claim;
        this.ended = ended;
    }

    /**
     * The result of claiming all hosts.
     *
     * @param refused hosts that another run has, or a newer controller of this one
     * @param away hosts that do not answer: they cannot be fenced either
     */
    record Taken(List<RunOutcome.Leftover> refused, List<RunOutcome.Leftover> away) {
        Taken {
            refused = List.copyOf(refused);
            away = List.copyOf(away);
        }

        List<RunOutcome.Leftover> all() {
            return Stream.concat(refused.stream(), away.stream()).toList();
        }
    }

    /** Takes all of them; a new run releases the others when it does not get one. */
    Taken take() {
        var refused = new ArrayList<RunOutcome.Leftover>();
        var away = failures(host -> {
            var answer = claimOne(host);
            synchronized (refused) {
                answer.ifPresent(refused::add);
            }
            return Optional.empty();
        });
        var taken = new Taken(refused, away);
        if (!taken.all().isEmpty() && claim.epoch() == 1) {
            release();
        }
        return taken;
    }

    private Optional<RunOutcome.Leftover> claimOne(String host) throws NodeUnreachable {
        var answer = fleet.node(host).claim(claim);
        if (answer instanceof ClaimResult.HeldBy(var left) && ended.test(left)) {
            fleet.node(host).release(left);
            answer = fleet.node(host).claim(claim);
        }
        return switch (answer) {
            case ClaimResult.Granted _ -> Optional.empty();
            case ClaimResult.HeldBy(var holder) ->
                Optional.of(reason(
                        host,
                        "run " + holder.run() + " of " + holder.owner() + " has it since " + holder.since()
                                + next(host, holder)));
        };
    }

    private String next(String host, Claim holder) {
        return holder.run().equals(claim.run())
                ? "; if that one is dead: the same with --from-node " + host + " -i INVENTORY"
                : "; let it end, or if it is dead: `runbook resume " + holder.run() + "` or `runbook rollback "
                        + holder.run() + "` there, or from here with --from-node " + host + " -i INVENTORY";
    }

    private static RunOutcome.Leftover reason(String host, String why) {
        return new RunOutcome.Leftover(host, "lock", "take the host's lock", Failure.of(why));
    }

    /** Leaves a text of the run on every host; says where that did not work. */
    List<RunOutcome.Leftover> keep(String name, String text) {
        return failures(host -> {
            fleet.node(host).keep(claim, name, text);
            return Optional.empty();
        });
    }

    /** The node journal of the run on each host that answers. */
    Map<String, NodeJournal> journals() {
        var journals = new LinkedHashMap<String, NodeJournal>();
        NodeSet.onEach(fleet.nodes().keySet(), host -> {
                    try {
                        return Optional.of(fleet.node(host).readJournal(claim.run()));
                    } catch (NodeUnreachable e) {
                        // The next call to it fails too, and that failure names it.
                        return Optional.<NodeJournal>empty();
                    }
                })
                .forEach((host, journal) -> journal.ifPresent(told -> journals.put(host, told)));
        return journals;
    }

    /** Hosts on which a controller has worked that is not in the journal here: the run must not be resumed from it. */
    List<RunOutcome.Leftover> newer(Map<String, NodeJournal> journals) {
        var reasons = new ArrayList<RunOutcome.Leftover>();
        journals.forEach((host, journal) -> journal.records().stream()
                .mapToLong(NodeRecord::epoch)
                .filter(epoch -> epoch >= claim.epoch())
                .max()
                .ifPresent(epoch -> reasons.add(reason(
                        host,
                        "another controller (epoch " + epoch + ") has continued run " + claim.run()
                                + " since, and its journal has the rest: give --from-node " + host))));
        return reasons;
    }

    private interface Work {
        Optional<RunOutcome.Leftover> on(String host) throws NodeUnreachable;
    }

    private List<RunOutcome.Leftover> failures(Work work) {
        var failures = new ArrayList<RunOutcome.Leftover>();
        NodeSet.onEach(fleet.nodes().keySet(), host -> {
                    try {
                        return work.on(host);
                    } catch (NodeUnreachable e) {
                        return Optional.of(reason(host, e.without(host) + "; " + e.next()));
                    }
                })
                .forEach((_, failure) -> failure.ifPresent(failures::add));
        return failures;
    }

    /**
     * Releases what a run that has ended left locked, because its controller was lost right then.
     *
     * @return hosts whose lock could not be read or released
     */
    List<RunOutcome.Leftover> free() {
        return failures(host -> {
            var node = fleet.node(host);
            var left = node.readJournal(claim.run())
                    .holder()
                    .filter(holder -> holder.run().equals(claim.run()));
            if (left.isPresent()) {
                node.release(left.get());
            }
            return Optional.empty();
        });
    }

    /** Releases our locks; a host that cannot be reached keeps its lock, and the next run names it. */
    List<String> release() {
        var kept = new ArrayList<String>();
        NodeSet.onEach(fleet.nodes().keySet(), host -> {
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
