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

/** The run of a plan in one scenario, on nodes of its own, with as many controllers as its end needs. */
final class ScenarioRun {
    private static final RunEvent.Call CALL = new RunEvent.Call("", List.of(), Map.of(), "");

    private final Plan plan;
    private final Scenario scenario;
    private final SimFleet nodes;
    private final Map<String, SimView> before;
    private final List<RunEvent> records = new ArrayList<>();
    private final List<RunOutcome> outcomes = new ArrayList<>();
    private long epoch;
    private int questionsAsked;

    /** @param snapshots shared by all runs, so that each file is read once */
    ScenarioRun(Plan plan, Scenario scenario, SimSnapshots snapshots) {
        this.plan = plan;
        this.scenario = scenario;
        this.nodes = SimFleet.of(plan.facts(), snapshots);
        this.before = view();
        for (var injection : scenario.injections()) {
            var node = nodes.node(injection.host());
            if (injection.inRollback()) {
                node.faults().failUndoAt(injection.number(), injection.fault());
            } else {
                node.faults().failAt(injection.number(), injection.fault());
            }
        }
    }

    /** Runs until the end, or until a new controller cannot end the run although every node is reachable. */
    ScenarioRun run() {
        var kills = new ArrayList<>(scenario.kills());
        var kill = kills.isEmpty() ? Optional.<Scenario.Kill>empty() : Optional.of(kills.removeFirst());
        var outcome = runController(kill, executor -> executor.apply(plan, CALL, List::of));
        while (outcome.isEmpty() && kill.isPresent()) {
            var next = kill.get().next();
            if (kill.get().journalLost()) {
                takeOverFromNodes();
            }
            kill = kills.isEmpty() ? Optional.empty() : Optional.of(kills.removeFirst());
            outcome = runController(kill, executor -> continueRun(executor, next));
        }
        outcome.ifPresent(outcomes::add);
        if (outcome.filter(ScenarioRun::needsNewController).isPresent()) {
            nodes.nodes().values().forEach(node -> node.faults().clear());
            runController(Optional.empty(), executor -> continueRun(executor, Scenario.NextCommand.RESUME))
                    .ifPresent(outcomes::add);
        }
        return this;
    }

    private static boolean needsNewController(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Succeeded _, RunOutcome.RolledBack _ -> false;
            case RunOutcome.Stuck _,
                    RunOutcome.Interrupted _,
                    RunOutcome.TakenOver _,
                    RunOutcome.NotBegun _,
                    RunOutcome.Undecided _ -> true;
        };
    }

    /** The next controller is on another machine: it fences the previous one and reconstructs the journal from the nodes. */
    private void takeOverFromNodes() {
        var fleet = fleet();
        var host = plan.hosts().getLast();
        try {
            var beginning = Takeover.plan(fleet, host, plan.run().id())
                    .orElseThrow(() -> new IllegalStateException("no plan is retained on " + host));
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

    /** Outcome of the next controller; empty when it is killed too. */
    private Optional<RunOutcome> runController(Optional<Scenario.Kill> kill, Function<Executor, RunOutcome> work) {
        epoch++;
        var claim = new Claim(plan.run().id(), epoch, "prove", plan.run().planned());
        var executor = new Executor(
                fleet(),
                new KillableJournal(records, kill),
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
            if (KillableJournal.isKill(thrown)) {
                return Optional.empty();
            }
            throw thrown;
        }
    }

    /** A scenario declines a question once; when the question is questionsAsked again, the answer is yes. */
    private Future<Boolean> answer(Question question) {
        boolean yes = !scenario.declined().contains(questionsAsked);
        questionsAsked++;
        return CompletableFuture.completedFuture(yes);
    }

    private RunOutcome continueRun(Executor executor, Scenario.NextCommand next) {
        if (ended()) {
            return new RunOutcome.Succeeded();
        }
        boolean forward = state().phase() == RunState.Phase.COMMITTED || next == Scenario.NextCommand.RESUME;
        return forward
                ? executor.resume(List.of())
                : executor.rollBack(new RunEvent.Cause.Requested("`prove` requested a rollback"));
    }

    RunState state() {
        var state = RunState.initial();
        for (var event : records) {
            state = state.after(event);
        }
        return state;
    }

    /** Whether the run has ended. */
    private boolean ended() {
        return state().phase() == RunState.Phase.ENDED;
    }

    Map<String, SimView> view() {
        return nodes.view(plan.run().id());
    }

    Map<String, SimView> viewBefore() {
        return before;
    }

    Scenario scenario() {
        return scenario;
    }

    SimFleet nodes() {
        return nodes;
    }

    /** Outcome of each controller that was not killed, in order. */
    List<RunOutcome> outcomes() {
        return outcomes;
    }

    List<RunEvent> records() {
        return records;
    }

    /** The action that the injection hit, if the host received it. */
    Optional<String> actionOf(Injection injection) {
        var node = nodes.node(injection.host());
        var received = injection.inRollback() ? node.undone() : node.performed();
        return injection.number() < received.size() ? Optional.of(received.get(injection.number())) : Optional.empty();
    }
}
