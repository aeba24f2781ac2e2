package dev.runbook.execute;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.journal.RunState.ActionStatus;
import dev.runbook.journal.StepState;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Failure;
import dev.runbook.model.Probe;
import dev.runbook.node.Batch;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.ProbeResult;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Rolls a run back: steps in reverse, each on all its hosts before the one before it. A host whose undo fails is left at
 * that point, because what lies before it may not hold there; the others continue, unless {@link Quorum} forbids it.
 */
final class Rollback {
    private static final Duration ONE_LOOK = Duration.ofSeconds(20);

    /** How often an undo is repeated on a host whose connection was lost. */
    private static final int MORE_ATTEMPTS = 2;

    private final NodeSet fleet;
    private final RunLog log;
    private final Clock clock;
    private final Interrupt interrupt;
    private final String run;
    private final long epoch;

    Rollback(NodeSet fleet, RunLog log, Clock clock, Interrupt interrupt, String run, long epoch) {
        this.fleet = fleet;
        this.log = log;
        this.clock = clock;
        this.interrupt = interrupt;
        this.run = run;
        this.epoch = epoch;
    }

    /**
     * How far the rollback came.
     *
     * @param leftovers what could not be undone
     * @param whole whether every step was reached
     */
    record Result(List<RunOutcome.Leftover> leftovers, boolean whole) {
        Result {
            leftovers = List.copyOf(leftovers);
        }

        boolean complete() {
            return whole && leftovers.isEmpty();
        }
    }

    Result run(RunState state) {
        var leftovers = new ArrayList<RunOutcome.Leftover>();
        Set<String> stuck = new LinkedHashSet<>();
        for (var entry : new TreeMap<>(state.steps()).descendingMap().entrySet()) {
            if (stoppedNow()) {
                return new Result(leftovers, false);
            }
            var step = entry.getValue();
            var hosts = step.actions().keySet().stream()
                    .filter(host -> !stuck.contains(host) && fleet.nodes().containsKey(host))
                    .filter(host -> Compensations.of(step, host).any())
                    .sorted()
                    .toList();
            if (!hosts.isEmpty()) {
                log.write(new RunEvent.StepUndoBegan(clock.instant(), entry.getKey(), hosts));
            }
            Map<String, Optional<RunOutcome.Leftover>> results =
                    NodeSet.onEach(hosts, host -> onHost(entry.getKey(), step, host));
            results.forEach((host, leftover) -> leftover.ifPresent(left -> {
                stuck.add(host);
                leftovers.add(left);
            }));
            if (Quorum.mayServeOn(step, stuck)) {
                return new Result(leftovers, false);
            }
        }
        return new Result(leftovers, true);
    }

    private boolean stoppedNow() {
        return interrupt.request() == Interrupt.Request.STOP_NOW;
    }

    private Optional<RunOutcome.Leftover> onHost(int number, StepState step, String host) {
        var undos = Compensations.of(step, host);
        var leftover = perform(number, step, host, undos.undos());
        return leftover.or(() -> undos.impossible()
                .map(impossible -> new RunOutcome.Leftover(
                        host,
                        step.name(),
                        "undo: " + impossible.action().describe(),
                        Failure.of("it cannot be undone automatically: " + impossible.because()))));
    }

    private Optional<RunOutcome.Leftover> perform(
            int number, StepState step, String host, List<Compensations.Undo> undos) {
        int attempts = 0;
        for (int from = 0; from < undos.size(); ) {
            var inARow = inARow(undos, from);
            var batch = new Batch(
                    run,
                    epoch,
                    ActionNumbers.undo(number, inARow.getFirst().number()),
                    inARow.stream().map(Compensations.Undo::action).toList());
            var ended = new ArrayList<ActionResult>();
            var items = inARow.stream()
                    .map(each -> new HostActivity.Item(each.index(), each.action()))
                    .toList();
            var activity = new HostActivity(log.observer(), number, host, items, (index, result) -> {
                log.stopWhenFenced(host, result);
                var item = inARow.get(index);
                var judged = judged(step, host, item.index(), result);
                ended.add(judged);
                log.write(new RunEvent.UndoEnded(clock.instant(), number, host, item.index(), judged));
            });
            fleet.node(host).perform(batch, activity.begun());
            if (ended.isEmpty()) {
                ended.add(new ActionResult.Refused(Failure.of("the connection to the host is lost"), Duration.ZERO));
            }
            if (ended.getLast() instanceof ActionResult.InDoubt && attempts++ < MORE_ATTEMPTS && !stoppedNow()) {
                // Undos may be repeated, each by itself; the host, or sshd on it, may only be restarting.
                from += ended.size() - 1 + passed(number, host, inARow.subList(ended.size() - 1, inARow.size()));
                continue;
            }
            var failure = StepRunner.failure(ended.getLast());
            if (failure.isPresent()) {
                undos.subList(from + ended.size(), undos.size())
                        .forEach(item -> log.write(new RunEvent.UndoEnded(
                                clock.instant(), number, host, item.index(), new ActionResult.NotBegun())));
                return Optional.of(leftover(step, host, inARow.get(ended.size() - 1), failure.get()));
            }
            // A refusal that turned out to be none ended the batch all the same: continue after it.
            from += ended.size();
        }
        return Optional.empty();
    }

    /** How many of the undos in doubt the host did after the connection was lost. */
    private int passed(int step, String host, List<Compensations.Undo> doubted) {
        var first = ActionNumbers.undo(step, doubted.getFirst().number());
        log.observer().waits(host, StepRunner.RECONNECTS);
        try {
            var afterDisconnect = new ActionsAfterDisconnect(
                    fleet.node(host)
                            .settle(new Batch(
                                    run,
                                    epoch,
                                    first,
                                    doubted.stream()
                                            .map(Compensations.Undo::action)
                                            .toList())),
                    epoch);
            int passed = afterDisconnect.passed(first, doubted.size());
            for (var item : doubted.subList(0, passed)) {
                log.write(new RunEvent.UndoEnded(
                        clock.instant(), step, host, item.index(), new ActionResult.Done(Duration.ZERO)));
            }
            return passed;
        } catch (NodeUnreachable e) {
            // It is still unreachable, and the next undo reports that.
            return 0;
        }
    }

    private static RunOutcome.Leftover leftover(StepState step, String host, Compensations.Undo item, Failure failure) {
        return new RunOutcome.Leftover(host, step.name(), item.action().describe(), failure);
    }

    /** A batch counts its numbers on by one, so a gap in them begins a new one. */
    private static List<Compensations.Undo> inARow(List<Compensations.Undo> undos, int from) {
        int to = from + 1;
        while (to < undos.size() && undos.get(to).number() == undos.get(to - 1).number() + 1) {
            to++;
        }
        return undos.subList(from, to);
    }

    /**
     * An undo refuses where the action never happened, and where another controller undid it and died before it could
     * journal that. A node's reason for a refusal is only text, so a probe finds out. For any other action that was done a
     * refusal is a failure.
     */
    private ActionResult judged(StepState step, String host, int index, ActionResult result) {
        boolean mayBeSo = step.status(host, index) != ActionStatus.DONE || step.undoInDoubt(host, index);
        return result instanceof ActionResult.Refused
                        && mayBeSo
                        && step.of(host)
                                .get(index)
                                .neverPerformed()
                                .filter(probe -> holds(host, probe))
                                .isPresent()
                ? new ActionResult.AlreadyDone(result.took())
                : result;
    }

    private boolean holds(String host, Probe probe) {
        try {
            return fleet.node(host).check(probe, ONE_LOOK) instanceof ProbeResult.Holds;
        } catch (NodeUnreachable e) {
            // The probe could not be asked, so the refusal counts.
            return false;
        }
    }
}
