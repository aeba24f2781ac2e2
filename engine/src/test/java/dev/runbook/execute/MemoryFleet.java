package dev.runbook.execute;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.DataFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.Live;
import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.journal.Journal;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunState;
import dev.runbook.model.Attributes;
import dev.runbook.node.Claim;
import dev.runbook.node.Fleet;
import dev.runbook.node.Node;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.plan.Plan;
import dev.runbook.plan.SampleFacts;
import dev.runbook.plan.SamplePlans;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Nodes in memory that look as sample facts say, with all running that the facts say runs. */
final class MemoryFleet {
    static final RunEvent.Call CALL =
            new RunEvent.Call("restore.yml", List.of("inventory.yml"), Map.of(), "/artifacts");
    private static final String RUN = SamplePlans.RUN.id();
    private static final Clock CLOCK = Clock.fixed(SampleFacts.NOW, ZoneOffset.UTC);

    final MemoryCluster cluster;
    final SequencedMap<String, MemoryNode> nodes = new LinkedHashMap<>();
    final Interrupt interrupt = new Interrupt();

    MemoryFleet(ClusterFacts facts) {
        cluster = new MemoryCluster("c1", facts.members().size(), facts.hosts().size());
        facts.hosts().forEach((name, host) -> nodes.put(name, node(name, host)));
    }

    /** The same nodes, under another controller. */
    MemoryFleet(MemoryFleet before) {
        cluster = before.cluster;
        nodes.putAll(before.nodes);
    }

    private MemoryNode node(String name, HostFacts facts) {
        var node = new MemoryNode(name, cluster);
        for (var folder : List.of("/etc/systemd/system", "/etc/default", "/var/lib", "/etc/kubernetes")) {
            node.tree.setUp(folder, MemoryTree.FOLDER, new Attributes("0755", 0, 0));
        }
        facts.manifests()
                .ifPresent(folder -> folder.manifests()
                        .forEach(file -> node.tree.setUp(file.path(), file.text(), file.attributes())));
        facts.member().ifPresent(member -> setUp(node, member));
        var units = new TreeMap<String, Boolean>();
        facts.units().forEach((unit, found) -> units.put(unit, found.active()));
        node.services.boot(units);
        return node;
    }

    private static void setUp(MemoryNode node, MemberFacts member) {
        var who = MemoryTree.FOLDER
                + (member.live() instanceof Live.Answers answers
                        ? ":" + answers.memberId() + "@" + answers.clusterId()
                        : ":silent@c1");
        setUp(node, member.data(), MemoryTree.FOLDER);
        if (member.data().memberPresent()) {
            node.tree.setUp(member.data().path() + "/member", who, member.data().attributes());
        }
        member.walDir().ifPresent(wal -> setUp(node, wal, who));
        node.services.memberOn(member.data().path(), member.walDir().map(DataFacts::path));
        if (member.source() instanceof MemberSource.Unit unit) {
            unit.environmentFiles().forEach(file -> node.tree.setUp(file.path(), file.text(), file.attributes()));
            unit.configFile().ifPresent(file -> node.tree.setUp(file.path(), file.text(), file.attributes()));
        }
    }

    private static void setUp(MemoryNode node, DataFacts data, String content) {
        if (data.present()) {
            node.tree.setUp(data.path(), content, data.attributes());
        } else {
            node.tree.setUp(MemoryTree.parent(data.path()), MemoryTree.FOLDER, new Attributes("0755", 0, 0));
        }
    }

    MemoryNode node(String host) {
        return Optional.ofNullable(nodes.get(host)).orElseThrow();
    }

    Map<String, MemoryNode.Look> look() {
        var looks = new LinkedHashMap<String, MemoryNode.Look>();
        nodes.forEach((name, node) -> looks.put(name, node.look(RUN)));
        return looks;
    }

    boolean locked() {
        return nodes.values().stream().anyMatch(node -> node.holder != null);
    }

    Outcome apply(Plan plan, Journal journal, Consumer<RunEvent> view) {
        return executor(journal, view, 1, RunState.initial()).apply(plan, CALL, List::of);
    }

    Outcome apply(Plan plan) {
        return apply(plan, _ -> {}, _ -> {});
    }

    /** By another controller than the one that left the run in this state. */
    Outcome rollBack(RunState state, Journal journal, long epoch) {
        return executor(journal, _ -> {}, epoch, state).rollBack(new RunEvent.Cause.Asked("the test"));
    }

    /** By another controller, which goes on; a person looks where no node can tell. */
    Outcome resume(RunState state, Journal journal, long epoch) {
        return resume(() -> executor(journal, _ -> {}, epoch, state));
    }

    Outcome resume(Supplier<Executor> executor) {
        var outcome = executor.get().resume(List.of());
        while (outcome instanceof Outcome.Undecided(var doubts)) {
            var decisions = doubts.stream()
                    .map(doubt -> new Doubt.Decision(
                            doubt.step(),
                            doubt.host(),
                            node(doubt.host()).tree.there(doubt.program().argv().getLast())))
                    .toList();
            outcome = executor.get().resume(decisions);
        }
        return outcome;
    }

    /** By a controller on another machine, which has nothing but the nodes. */
    Takeover.Result takeOver(String host) {
        var fleet = new Fleet(new LinkedHashMap<String, Node>(nodes));
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
                new Fleet(new LinkedHashMap<String, Node>(nodes)), journal, _ -> {}, CLOCK, interrupt, claim, state);
    }

    Executor executor(Journal journal, Consumer<RunEvent> view, long epoch, RunState state) {
        var fleet = new Fleet(new LinkedHashMap<String, Node>(nodes));
        var claim = new Claim(RUN, epoch, "me@here", SampleFacts.NOW);
        return new Executor(fleet, journal, view, CLOCK, interrupt, claim, state);
    }

    /** How many actions a host begins before the commit. */
    static int actionsBeforeCommit(ClusterFacts facts, Plan plan, String host) {
        var fleet = new MemoryFleet(facts);
        var begun = new AtomicInteger();
        fleet.apply(plan, _ -> {}, event -> {
            if (event instanceof RunEvent.CommitBegan) {
                begun.set(fleet.node(host).performed.size());
            }
        });
        return begun.get();
    }
}
