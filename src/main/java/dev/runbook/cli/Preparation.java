package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.lint.Linter;
import dev.runbook.load.Loaded;
import dev.runbook.load.Loader;
import dev.runbook.load.Request;
import dev.runbook.load.inventory.Host;
import dev.runbook.load.inventory.Inventory;
import dev.runbook.model.Secret;
import dev.runbook.node.Fleet;
import dev.runbook.node.Node;
import dev.runbook.plan.Plan;
import dev.runbook.plan.Planner;
import dev.runbook.step.RunIdentity;
import dev.runbook.steps.StepTypes;
import dev.runbook.survey.ClusterSurvey;
import dev.runbook.survey.LocalFileReader;
import dev.runbook.survey.SnapshotLibrary;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** From a call to a plan: load, connect, look, plan. Whatever is wrong is printed, and nothing is touched. */
final class Preparation {
    /** What it comes to. */
    sealed interface Result {
        /** The caller closes the fleet's nodes. */
        record Ready(Loaded.Ok loaded, Fleet fleet, Plan plan) implements Result {}

        record Stopped(ExitCode code) implements Result {}
    }

    private final Terminal terminal;
    private final Clock clock;
    private final Opener opener;

    Preparation(Terminal terminal, Clock clock) {
        this(terminal, clock, Preparation::open);
    }

    Preparation(Terminal terminal, Clock clock, Opener opener) {
        this.terminal = terminal;
        this.clock = clock;
        this.opener = opener;
    }

    /** Makes the nodes of hosts. */
    @FunctionalInterface
    interface Opener {
        SequencedMap<String, Node> open(List<Host> hosts, Optional<Secret> password, ConnectionOptions options)
                throws BadCall;
    }

    Result prepare(Request request, ConnectionOptions connections, RunIdentity run) throws BadCall {
        if (request.inventories().isEmpty()) {
            throw new BadCall("no inventory: give one with -i FILE");
        }
        return switch (new Loader(StepTypes.ALL).load(request)) {
            case Loaded.Failed(var problems) -> {
                terminal.problems(problems);
                yield new Result.Stopped(ExitCode.BAD_INPUT);
            }
            case Loaded.Ok loaded -> {
                var lint = new Linter(StepTypes.ALL).lint(loaded);
                terminal.problems(lint.problems());
                if (lint.hasErrors()) {
                    terminal.note(
                            "Nothing was touched. `runbook validate --explain RULE` tells more of a rule, and how to"
                                    + " set one aside.");
                    yield new Result.Stopped(ExitCode.BAD_INPUT);
                }
                var fleet = new Fleet(opener.open(hosts(loaded), Passwords.become(connections), connections));
                Simulation.announce(fleet, terminal);
                yield planned(loaded, fleet, Simulation.of(fleet) ? Runs.simulated(run) : run);
            }
        };
    }

    private Result planned(Loaded.Ok loaded, Fleet fleet, RunIdentity run) {
        return switch (ClusterSurvey.look(fleet, groups(loaded.inventory()), Simulation.clock(fleet, clock))) {
            case ClusterSurvey.Result.Unreachable(var problems) -> stopped(fleet, problems);
            case ClusterSurvey.Result.Seen(var facts) ->
                switch (Planner.plan(loaded, facts, run, new SnapshotLibrary(), new LocalFileReader())) {
                    case Planner.Result.Refused(var problems) -> stopped(fleet, problems);
                    case Planner.Result.Planned(var plan) -> {
                        terminal.problems(plan.warnings());
                        yield new Result.Ready(loaded, fleet, plan);
                    }
                };
        };
    }

    private Result stopped(Fleet fleet, List<dev.runbook.model.Problem> problems) {
        fleet.close();
        terminal.problems(problems);
        terminal.note("Nothing was touched.");
        return new Result.Stopped(ExitCode.PREFLIGHT);
    }

    /** Every host of any step, in the order of the inventory. */
    private static List<Host> hosts(Loaded.Ok loaded) {
        var wanted = new LinkedHashSet<String>();
        loaded.steps().forEach(step -> loaded.hostsOf(step).forEach(host -> wanted.add(host.name())));
        return loaded.inventory().hosts().stream()
                .filter(host -> wanted.contains(host.name()))
                .toList();
    }

    static SequencedMap<String, Node> open(List<Host> hosts, Optional<Secret> password, ConnectionOptions options)
            throws BadCall {
        if (Simulation.wanted(hosts, options)) {
            return Simulation.nodes(hosts);
        }
        var factory = Connections.factory(options);
        var nodes = new LinkedHashMap<String, Node>();
        for (var host : hosts) {
            nodes.put(host.name(), factory.node(host.name(), Passwords.with(host.connection(), password)));
        }
        return nodes;
    }

    private static Map<String, List<String>> groups(Inventory inventory) {
        var groups = new LinkedHashMap<String, List<String>>();
        inventory.groups().forEach((name, group) -> groups.put(name, List.copyOf(group.hosts())));
        return groups;
    }
}
