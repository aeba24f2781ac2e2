package dev.runbook.execute;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunEvent.Cause;
import dev.runbook.model.Action;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Failure;
import dev.runbook.node.Batch;
import dev.runbook.node.Fleet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Performs one step on its hosts at once. */
final class StepRunner {
    /** Journal numbers on a node: room for this many actions a step, and as many undos. */
    private static final long NUMBERS_PER_STEP = 1000;

    private final Fleet fleet;
    private final RunLog log;
    private final Clock clock;
    private final String run;
    private final long epoch;

    StepRunner(Fleet fleet, RunLog log, Clock clock, String run, long epoch) {
        this.fleet = fleet;
        this.log = log;
        this.clock = clock;
        this.run = run;
        this.epoch = epoch;
    }

    /** An action with its place in the step, since those for the way back are passed over on the way forward. */
    record Numbered(int index, Action action) {}

    static List<Numbered> forward(List<Action> actions) {
        var forward = new ArrayList<Numbered>();
        for (int index = 0; index < actions.size(); index++) {
            boolean counts = switch (actions.get(index)) {
                case Action.Await await -> await.way().forward();
                case Action.ReloadUnits reload -> reload.way().forward();
                case Action.RestartUnit restart -> restart.way().forward();
                case Action _ -> true;
            };
            if (counts) {
                forward.add(new Numbered(index, actions.get(index)));
            }
        }
        return forward;
    }

    /**
     * Performs the step on all its hosts.
     *
     * @return by host, why it failed there, the first failure first; empty when all hosts did it
     */
    SequencedMap<String, Cause> perform(int step, String name, Map<String, List<Action>> actions, List<String> hosts) {
        var first = new AtomicReference<@Nullable String>();
        var working = ConcurrentHashMap.<String>newKeySet();
        working.addAll(hosts);
        var causes = Fleet.onEach(hosts, host -> {
            var cause = onHost(step, name, host, actions.getOrDefault(host, List.of()));
            working.remove(host);
            if (cause.isPresent() && first.compareAndSet(null, host)) {
                // The others would only wait for a cluster that is going to be taken back.
                working.forEach(other -> fleet.node(other).cancel());
            }
            return cause;
        });
        var failures = new LinkedHashMap<String, Cause>();
        causes.forEach((host, cause) -> cause.ifPresent(why -> {
            // The others were cancelled because of it, and would tell nothing but that.
            if (host.equals(first.get())) {
                failures.putFirst(host, why);
            } else {
                failures.put(host, why);
            }
        }));
        return failures;
    }

    private Optional<Cause> onHost(int step, String name, String host, List<Action> actions) {
        var numbered = forward(actions);
        var batch = new Batch(
                run,
                epoch,
                step * NUMBERS_PER_STEP,
                numbered.stream().map(Numbered::action).toList());
        markPassedOver(step, host, actions, numbered);
        if (numbered.isEmpty()) {
            return Optional.empty();
        }
        var results = fleet.node(host)
                .perform(
                        batch,
                        (index, result) -> log.write(new RunEvent.ActionEnded(
                                clock.instant(), step, host, numbered.get(index).index(), result)))
                .results();
        for (int index = results.size(); index < numbered.size(); index++) {
            log.write(new RunEvent.ActionEnded(
                    clock.instant(), step, host, numbered.get(index).index(), new ActionResult.NotBegun()));
        }
        if (results.isEmpty()) {
            return Optional.of(new Cause.HostLost(step, name, host, "no action was begun: the link to it is lost"));
        }
        return failure(results.getLast())
                .map(failure -> new Cause.ActionFailed(
                        step,
                        name,
                        host,
                        numbered.get(results.size() - 1).action().describe(),
                        failure));
    }

    /** What counts on the way back only stands as done from the beginning, so that the way back meets it. */
    private void markPassedOver(int step, String host, List<Action> actions, List<Numbered> forward) {
        var met = forward.stream().map(Numbered::index).toList();
        for (int index = 0; index < actions.size(); index++) {
            if (!met.contains(index)) {
                log.write(new RunEvent.ActionEnded(
                        clock.instant(), step, host, index, new ActionResult.Done(java.time.Duration.ZERO)));
            }
        }
    }

    static Optional<Failure> failure(ActionResult result) {
        return switch (result) {
            case ActionResult.Done _, ActionResult.AlreadyDone _ -> Optional.empty();
            case ActionResult.Refused refused -> Optional.of(refused.failure());
            case ActionResult.Barred barred -> Optional.of(barred.failure());
            case ActionResult.Failed failed -> Optional.of(failed.failure());
            case ActionResult.InDoubt inDoubt -> Optional.of(inDoubt.failure());
            case ActionResult.NotBegun _ -> Optional.of(Failure.of("it was not begun"));
        };
    }
}
