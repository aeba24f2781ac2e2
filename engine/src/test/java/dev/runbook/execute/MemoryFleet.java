package dev.runbook.execute;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.journal.Journal;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.node.Claim;
import dev.runbook.node.Node;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.sim.SimCluster;
import dev.runbook.node.sim.SimFleet;
import dev.runbook.node.sim.SimNode;
import dev.runbook.node.sim.SimView;
import dev.runbook.plan.Plan;
import dev.runbook.plan.SampleFacts;
import dev.runbook.plan.SamplePlans;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Simulated nodes that look as sample facts say, with all running that the facts say runs. */
final class MemoryFleet {
    static final RunEvent.Call CALL =
            new RunEvent.Call("restore.yml", List.of("inventory.yml"), Map.of(), "/artifacts");
    private static final String RUN = SamplePlans.RUN.id();
    private static final Clock CLOCK = Clock.fixed(SampleFacts.NOW, ZoneOffset.UTC);

    private final SimFleet sim;
    final SimCluster cluster;
    final SequencedMap<String, SimNode> nodes;
    final Interrupt interrupt = new Interrupt();

    MemoryFleet(ClusterFacts facts) {
        this(SimFleet.of(facts));
    }

    private MemoryFleet(SimFleet sim) {
        this.sim = sim;
        cluster = sim.cluster();
        nodes = sim.nodes();
    }

    /** The same nodes, under another controller. */
    MemoryFleet(MemoryFleet before) {
        this(before.sim);
    }

    SimNode node(String host) {
        return sim.node(host);
    }

    Map<String, SimView> view() {
        return sim.view(RUN);
    }

    boolean locked() {
        return sim.locked();
    }

    RunOutcome apply(Plan plan, Journal journal, RunObserver view) {
        return executor(journal, view, 1, RunState.initial()).apply(plan, CALL, List::of);
    }

    RunOutcome apply(Plan plan) {
        return apply(plan, _ -> {}, _ -> {});
    }

    /** The same with an operator who answers questions. */
    RunOutcome apply(Plan plan, Operator person) {
        var fleet = new NodeSet(new LinkedHashMap<String, Node>(nodes));
        var claim = new Claim(RUN, 1, "me@here", SampleFacts.NOW);
        return new Executor(fleet, _ -> {}, _ -> {}, CLOCK, interrupt, claim, RunState.initial(), _ -> false, person)
                .apply(plan, CALL, List::of);
    }

    /** By another controller than the one that left the run in this state. */
    RunOutcome rollBack(RunState state, Journal journal, long epoch) {
        return executor(journal, _ -> {}, epoch, state).rollBack(new RunEvent.Cause.Requested("the test"));
    }

    /** By another controller, which resumes; the operator decides where no node knows. */
    RunOutcome resume(RunState state, Journal journal, long epoch) {
        return resume(() -> executor(journal, _ -> {}, epoch, state));
    }

    RunOutcome resume(Supplier<Executor> executor) {
        var outcome = executor.get().resume(List.of());
        while (outcome instanceof RunOutcome.Undecided(var inDoubtActions)) {
            var decisions = inDoubtActions.stream()
                    .map(doubt -> new InDoubtAction.Decision(
                            doubt.step(),
                            doubt.host(),
                            node(doubt.host())
                                    .tree()
                                    .there(doubt.program().argv().getLast())))
                    .toList();
            outcome = executor.get().resume(decisions);
        }
        return outcome;
    }

    /** By a controller on another machine, which has nothing but the nodes. */
    Takeover.Result takeOver(String host) {
        var fleet = new NodeSet(new LinkedHashMap<String, Node>(nodes));
        try {
            var beginning = Takeover.plan(fleet, host, RUN).orElseThrow();
            return Takeover.take(fleet, beginning, "you@there", CLOCK);
        } catch (NodeUnreachable | IOException e) {
            throw new AssertionError("no plan on " + host, e);
        }
    }

    /** As that controller, under the claim that it has. */
    Executor executor(Journal journal, Claim claim, RunState state) {
        return new Executor(
                new NodeSet(new LinkedHashMap<String, Node>(nodes)), journal, _ -> {}, CLOCK, interrupt, claim, state);
    }

    Executor executor(Journal journal, RunObserver view, long epoch, RunState state) {
        var fleet = new NodeSet(new LinkedHashMap<String, Node>(nodes));
        var claim = new Claim(RUN, epoch, "me@here", SampleFacts.NOW);
        return new Executor(fleet, journal, view, CLOCK, interrupt, claim, state);
    }

    /** How many actions a host begins before the commit. */
    static int actionsBeforeCommit(ClusterFacts facts, Plan plan, String host) {
        var fleet = new MemoryFleet(facts);
        var begun = new AtomicInteger();
        fleet.apply(plan, _ -> {}, event -> {
            if (event instanceof RunEvent.CommitBegan) {
                begun.set(fleet.node(host).performed().size());
            }
        });
        return begun.get();
    }
}
