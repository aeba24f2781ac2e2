package dev.runbook.prove;

import dev.runbook.execute.Executor;
import dev.runbook.execute.Interrupt;
import dev.runbook.execute.RunOutcome;
import dev.runbook.execute.Takeover;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.model.Question;
import dev.runbook.node.Claim;
import dev.runbook.node.Node;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.sim.SimFleet;
import dev.runbook.node.sim.SimSnapshots;
import dev.runbook.node.sim.SimView;
import dev.runbook.plan.Plan;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;

/** One run of a plan in one world, on nodes of its own, with as many controllers as it takes to come to an end. */
final class ScenarioRun {
    private static final RunEvent.Call CALL = new RunEvent.Call("", List.of(), Map.of(), "");

    private final Plan plan;
    private final Scenario world;
    private final SimFleet nodes;
    private final Map<String, SimView> before;
    private final List<RunEvent> records = new ArrayList<>();
    private final List<RunOutcome> outcomes = new ArrayList<>();
    private long epoch;
    private int asked;

    /** @param snapshots shared by all trials, so that each file is read once */
    ScenarioRun(Plan plan, Scenario world, SimSnapshots snapshots) {
        this.plan = plan;
        this.world = world;
        this.nodes = SimFleet.of(plan.facts(), snapshots);
        this.before = view();
        for (var injection : world.injections()) {
            var node = nodes.node(injection.host());
            if (injection.back()) {
                node.faults().failUndoAt(injection.number(), injection.fault());
            } else {
                node.faults().failAt(injection.number(), injection.fault());
            }
        }
    }

    /** Runs until it has ended, or until a whole fleet and a fresh controller could not end it. */
    ScenarioRun run() {
        var kills = new ArrayList<>(world.kills());
        var kill = kills.isEmpty() ? Optional.<Scenario.Kill>empty() : Optional.of(kills.removeFirst());
        var outcome = controller(kill, executor -> executor.apply(plan, CALL, List::of));
        while (outcome.isEmpty() && kill.isPresent()) {
            var then = kill.get().then();
            if (kill.get().journalLost()) {
                readNodes();
            }
            kill = kills.isEmpty() ? Optional.empty() : Optional.of(kills.removeFirst());
            outcome = controller(kill, executor -> takeOver(executor, then));
        }
        outcome.ifPresent(outcomes::add);
        if (outcome.filter(ScenarioRun::needsAnother).isPresent()) {
            nodes.nodes().values().forEach(node -> node.faults().clear());
            controller(Optional.empty(), executor -> takeOver(executor, Scenario.Then.RESUME))
                    .ifPresent(outcomes::add);
        }
        return this;
    }

    private static boolean needsAnother(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Succeeded _, RunOutcome.RolledBack _ -> false;
            case RunOutcome.Stuck _, RunOutcome.Interrupted _, RunOutcome.NotBegun _, RunOutcome.Undecided _ -> true;
        };
    }

    /** The next controller is on another machine: it has what the nodes tell, and fences the one of before on them. */
    private void readNodes() {
        var fleet = fleet();
        var host = plan.hosts().getLast();
        try {
            var beginning = Takeover.plan(fleet, host, plan.run().id())
                    .orElseThrow(() -> new IllegalStateException("no plan is kept on " + host));
            switch (Takeover.take(fleet, beginning, "prove", clock())) {
                case Takeover.Result.Taken taken -> {
                    records.clear();
                    records.addAll(taken.events());
                    epoch = taken.claim().epoch();
                }
                case Takeover.Result.Refused refused ->
                    throw new IllegalStateException("the nodes refuse a takeover: " + refused.reasons());
            }
        } catch (NodeUnreachable | IOException lost) {
            throw new IllegalStateException("the plan on " + host + " cannot be read", lost);
        }
    }

    private NodeSet fleet() {
        return new NodeSet(new LinkedHashMap<String, Node>(nodes.nodes()));
    }

    private Clock clock() {
        return Clock.fixed(plan.run().planned(), ZoneOffset.UTC);
    }

    /** What the next controller does; empty when it is killed in its turn. */
    private Optional<RunOutcome> controller(Optional<Scenario.Kill> kill, Function<Executor, RunOutcome> work) {
        epoch++;
        var claim = new Claim(plan.run().id(), epoch, "prove", plan.run().planned());
        var executor = new Executor(
                fleet(),
                new KilledJournal(records, kill),
                _ -> {},
                clock(),
                new Interrupt(),
                claim,
                state(),
                _ -> false,
                this::answer);
        try {
            return Optional.of(work.apply(executor));
        } catch (RuntimeException thrown) {
            if (KilledJournal.killed(thrown)) {
                return Optional.empty();
            }
            throw thrown;
        }
    }

    /** One no is enough; whoever asks again later hears a yes. */
    private Future<Boolean> answer(Question question) {
        boolean yes = !world.declined().contains(asked);
        asked++;
        return CompletableFuture.completedFuture(yes);
    }

    private RunOutcome takeOver(Executor executor, Scenario.Then then) {
        if (ended()) {
            return new RunOutcome.Succeeded();
        }
        boolean forward = state().phase() == RunState.Phase.COMMITTED || then == Scenario.Then.RESUME;
        return forward ? executor.resume(List.of()) : executor.rollBack(new RunEvent.Cause.Requested("prove"));
    }

    RunState state() {
        var state = RunState.initial();
        for (var event : records) {
            state = state.after(event);
        }
        return state;
    }

    /** Whether nothing is left of the run. */
    private boolean ended() {
        return state().phase() == RunState.Phase.ENDED;
    }

    Map<String, SimView> view() {
        return nodes.view(plan.run().id());
    }

    Map<String, SimView> lookBefore() {
        return before;
    }

    Scenario world() {
        return world;
    }

    SimFleet nodes() {
        return nodes;
    }

    /** How each controller that was not killed ended, in order. */
    List<RunOutcome> outcomes() {
        return outcomes;
    }

    List<RunEvent> records() {
        return records;
    }

    /** What a host was told under this number. */
    Optional<String> told(Injection injection) {
        var node = nodes.node(injection.host());
        var told = injection.back() ? node.undone() : node.performed();
        return injection.number() < told.size() ? Optional.of(told.get(injection.number())) : Optional.empty();
    }
}
