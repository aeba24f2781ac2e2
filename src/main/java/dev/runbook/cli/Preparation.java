package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.facts.Fingerprint;
import dev.runbook.journal.RunEvent;
import dev.runbook.lint.Linter;
import dev.runbook.load.Loaded;
import dev.runbook.load.Loader;
import dev.runbook.load.Request;
import dev.runbook.load.inventory.Host;
import dev.runbook.load.inventory.Inventory;
import dev.runbook.model.Problem;
import dev.runbook.model.Secret;
import dev.runbook.node.Fleet;
import dev.runbook.node.Node;
import dev.runbook.plan.Plan;
import dev.runbook.plan.Planner;
import dev.runbook.report.line.Line;
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
        /**
         * A plan that can be carried out. The caller closes the fleet's nodes.
         *
         * @param fingerprints of the hosts that it was made from
         */
        record Ready(Fleet fleet, Plan plan, RunEvent.Call call, SequencedMap<String, Fingerprint> fingerprints)
                implements Result {}

        record Stopped(ExitCode code) implements Result {}
    }

    private final Reporting reporting;
    private final Clock clock;
    private final Opener opener;

    Preparation(Reporting reporting, Clock clock) {
        this(reporting, clock, Preparation::open);
    }

    Preparation(Reporting reporting, Clock clock, Opener opener) {
        this.reporting = reporting;
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
                yield stopped(problems, ExitCode.BAD_INPUT);
            }
            case Loaded.Ok loaded -> {
                var lint = new Linter(StepTypes.ALL).lint(loaded);
                if (lint.hasErrors()) {
                    reporting
                            .terminal()
                            .note("`runbook validate --explain RULE` tells more of a rule, and how to set one aside.");
                    yield stopped(lint.problems(), ExitCode.BAD_INPUT);
                }
                reporting.problems(lint.problems());
                var fleet = new Fleet(opener.open(hosts(loaded), Passwords.become(connections), connections));
                Simulation.announce(fleet, reporting.terminal());
                yield planned(request, loaded, fleet, Simulation.of(fleet) ? Runs.simulated(run) : run);
            }
        };
    }

    private Result planned(Request request, Loaded.Ok loaded, Fleet fleet, RunIdentity run) throws BadCall {
        return switch (ClusterSurvey.look(fleet, groups(loaded.inventory()), Simulation.clock(fleet, clock))) {
            case ClusterSurvey.Result.Unreachable(var problems) -> stopped(fleet, problems);
            case ClusterSurvey.Result.Seen(var facts) ->
                switch (Planner.plan(loaded, facts, run, new SnapshotLibrary(), new LocalFileReader())) {
                    case Planner.Result.Refused(var problems) -> stopped(fleet, problems);
                    case Planner.Result.Planned(var plan) -> {
                        reporting.problems(plan.warnings());
                        reporting.plan(plan);
                        yield new Result.Ready(
                                fleet, plan, call(request, loaded, plan), Fingerprint.ofAll(plan.facts()));
                    }
                };
        };
    }

    private Result stopped(Fleet fleet, List<Problem> problems) {
        fleet.close();
        return stopped(problems, ExitCode.PREFLIGHT);
    }

    private Result stopped(List<Problem> problems, ExitCode code) {
        return stopped(reporting, problems, code);
    }

    /** Tells what stands in the way. */
    static Result stopped(Reporting reporting, List<Problem> problems, ExitCode code) {
        reporting.problems(problems);
        reporting.terminal().emit(new Line.Refused("problems stand in the way; nothing was touched", code.number()));
        reporting.terminal().note("Nothing was touched.");
        return new Result.Stopped(code);
    }

    /** Enough to reach the same hosts again; secrets stay out. */
    private static RunEvent.Call call(Request request, Loaded.Ok loaded, Plan plan) throws BadCall {
        Map<String, String> inputs = new LinkedHashMap<>();
        loaded.inputs().forEach((name, value) -> {
            if (!(value instanceof Secret)) {
                inputs.put(name, value.toString());
            }
        });
        var here = request.surroundings().currentFolder();
        return new RunEvent.Call(
                here.resolve(request.runbook()).toString(),
                request.inventories().stream()
                        .map(path -> here.resolve(path).toString())
                        .toList(),
                inputs,
                plan.run().artifacts().toString(),
                Optional.of(FileHash.sha256(here.resolve(request.runbook()))));
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

    static Map<String, List<String>> groups(Inventory inventory) {
        var groups = new LinkedHashMap<String, List<String>>();
        inventory.groups().forEach((name, group) -> groups.put(name, List.copyOf(group.hosts())));
        return groups;
    }
}
