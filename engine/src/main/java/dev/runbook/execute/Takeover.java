package dev.runbook.execute;

import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import dev.runbook.model.Failure;
import dev.runbook.node.Claim;
import dev.runbook.node.NodeJournal;
import dev.runbook.node.NodeRecord;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Takes a run over from its nodes alone: each keeps the plan and a journal of its own actions. */
public final class Takeover {
    private static final String PLAN = "plan";

    private Takeover() {}

    /** The result of a takeover. */
    public sealed interface Result {
        /**
         * The run is ours.
         *
         * @param events the journal as the lost controller must have had it, and the beginning of this one
         * @param away hosts that do not answer, and have not been fenced
         */
        record Taken(List<RunEvent> events, Claim claim, List<RunOutcome.Leftover> away) implements Result {
            public Taken {
                events = List.copyOf(events);
                away = List.copyOf(away);
            }
        }

        /** Nothing was changed, but for the locks of the run. */
        record Refused(List<RunOutcome.Leftover> reasons) implements Result {
            public Refused {
                reasons = List.copyOf(reasons);
            }
        }
    }

    /** The beginning and the plan of a run, as a node keeps them. */
    public record Beginning(RunEvent.RunBegan began, RunEvent.RunPlanned planned) {}

    /** The text that each node keeps. */
    static String text(RunEvent.RunBegan began, RunEvent.RunPlanned planned) {
        return JournalFile.text(List.of(began, planned));
    }

    static List<RunOutcome.Leftover> keep(Locks locks, Beginning beginning) {
        return locks.keep(PLAN, text(beginning.began(), beginning.planned()));
    }

    /**
     * The beginning and the plan that a node keeps of a run.
     *
     * @return empty when it keeps nothing: then nothing was done on it
     * @throws IOException when what it keeps is damaged
     */
    public static Optional<Beginning> plan(NodeSet fleet, String host, String run) throws NodeUnreachable, IOException {
        var text = fleet.node(host).kept(run, PLAN);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var events = JournalFile.parse(text.get());
        if (events.size() == 2
                && events.getFirst() instanceof RunEvent.RunBegan began
                && events.getLast() instanceof RunEvent.RunPlanned planned) {
            return Optional.of(new Beginning(began, planned));
        }
        throw new IOException("it does not hold a beginning and a plan");
    }

    /** Fences the earlier controller on every host that answers, and reconstructs the journal from the nodes' own. */
    public static Result take(NodeSet fleet, Beginning beginning, String owner, Clock clock) {
        var run = beginning.began().run();
        var since = clock.instant();
        var before = new Locks(fleet, new Claim(run, 1, owner, since)).journals();
        var claim = new Claim(run, 1 + highest(beginning, before), owner, since);
        var locks = new Locks(fleet, claim);
        var taken = locks.take();
        if (!taken.refused().isEmpty() || before.isEmpty()) {
            return new Result.Refused(taken.all());
        }
        var others = otherPlans(fleet, beginning);
        if (!others.isEmpty()) {
            return new Result.Refused(others);
        }
        // Once more, because the earlier controller may have continued until now.
        var journals = locks.journals();
        var rebuilt = new ReconstructedJournal(
                beginning.planned().plan(), beginning.began().hosts(), journals, since);
        if (rebuilt.commit() == ReconstructedJournal.Commit.UNKNOWN) {
            return new Result.Refused(
                    taken.away().stream().map(Takeover::mayBeCommitted).toList());
        }
        var events = new ArrayList<RunEvent>(List.of(beginning.began(), beginning.planned()));
        events.addAll(rebuilt.events());
        events.addAll(new NodeJournals(journals).resolved(JournalFile.fold(events), since));
        events.add(again(beginning.began(), claim, clock));
        return new Result.Taken(events, claim, taken.away());
    }

    /** A later controller's own beginning. */
    public static RunEvent.RunBegan again(RunEvent.RunBegan began, Claim claim, Clock clock) {
        return new RunEvent.RunBegan(
                clock.instant(), began.run(), began.runbook(), began.hosts(), claim.epoch(), began.call());
    }

    private static long highest(Beginning beginning, Map<String, NodeJournal> journals) {
        var run = beginning.began().run();
        var held = journals.values().stream()
                .flatMap(journal -> journal.holder().stream())
                .filter(holder -> holder.run().equals(run))
                .mapToLong(Claim::epoch);
        var written = journals.values().stream()
                .flatMap(journal -> journal.records().stream())
                .mapToLong(NodeRecord::epoch);
        return LongStream.concat(
                        LongStream.concat(held, written),
                        LongStream.of(beginning.began().epoch()))
                .max()
                .orElseThrow();
    }

    private static List<RunOutcome.Leftover> otherPlans(NodeSet fleet, Beginning beginning) {
        var wanted = beginning.planned().plan().fingerprint();
        var reasons = new ArrayList<RunOutcome.Leftover>();
        NodeSet.onEach(beginning.began().hosts(), host -> {
                    try {
                        return plan(fleet, host, beginning.began().run())
                                .filter(other ->
                                        !other.planned().plan().fingerprint().equals(wanted))
                                .map(_ -> "the plan there differs from the one on the host that was named");
                    } catch (NodeUnreachable e) {
                        // It did not answer the claim either, and is named there.
                        return Optional.<String>empty();
                    } catch (IOException e) {
                        return Optional.of("the plan there cannot be used: " + e.getMessage());
                    }
                })
                .forEach((host, why) -> why.ifPresent(text -> reasons.add(
                        new RunOutcome.Leftover(host, "takeover", "use its copy of the plan", Failure.of(text)))));
        return reasons;
    }

    private static RunOutcome.Leftover mayBeCommitted(RunOutcome.Leftover away) {
        return new RunOutcome.Leftover(
                away.host(),
                "commit",
                "learn whether the run is committed",
                Failure.of("every other host has the commit record, and this one does not answer: "
                        + away.failure().summary()
                        + ". Bring it back; only then is it known whether the run continues or is rolled back"));
    }

    /**
     * Releases the locks of a run that has ended: its controller may have been lost before it did so.
     *
     * @return hosts that may still be locked, and why
     */
    public static List<RunOutcome.Leftover> free(NodeSet fleet, Claim ended) {
        return new Locks(fleet, ended).free();
    }
}
