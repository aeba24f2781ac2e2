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
import dev.runbook.load.inventory.InventoryPrint;
import dev.runbook.model.Problem;
import dev.runbook.model.Secret;
import dev.runbook.node.NodeSet;
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
import java.util.SortedMap;

/** From a call to a plan: load, connect, look, plan. Whatever is wrong is printed, and nothing is touched. */
final class PlanPreparation {
    /** What it comes to. */
    sealed interface Result {
        /**
         * A plan that can be carried out. The caller closes the fleet's nodes.
         *
         * @param fingerprints of the hosts that it was made from
         * @param inventory what the inventory means for each of its hosts, as a hash
         */
        record Ready(
                NodeSet fleet,
                Plan plan,
                RunEvent.Call call,
                SequencedMap<String, Fingerprint> fingerprints,
                SortedMap<String, String> inventory)
                implements Result {}

        record Stopped(ExitCode code) implements Result {}
    }

    private final ReportCollector reporting;
    private final Clock clock;
    private final Opener opener;

    PlanPreparation(ReportCollector reporting, Clock clock) {
        this(reporting, clock, PlanPreparation::open);
    }

    PlanPreparation(ReportCollector reporting, Clock clock, Opener opener) {
        this.reporting = reporting;
        this.clock = clock;
        this.opener = opener;
    }

    /** Makes the nodes of hosts. */
    @FunctionalInterface
    interface Opener {
        SequencedMap<String, Node> open(List<Host> hosts, Optional<Secret> password, ConnectionOptions options)
                throws UsageError;
    }

    Result prepare(Request request, ConnectionOptions connections, RunIdentity run) throws UsageError {
        if (request.inventories().isEmpty()) {
            throw new UsageError("no inventory: give one with -i FILE");
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
                var fleet = new NodeSet(opener.open(hosts(loaded), Passwords.become(connections), connections));
                SimulatedNodes.announce(fleet, reporting.terminal());
                yield planned(request, loaded, fleet, SimulatedNodes.of(fleet) ? NewRun.simulated(run) : run);
            }
        };
    }

    private Result planned(Request request, Loaded.Ok loaded, NodeSet fleet, RunIdentity run) throws UsageError {
        return switch (ClusterSurvey.survey(fleet, groups(loaded.inventory()), SimulatedNodes.clock(fleet, clock))) {
            case ClusterSurvey.Result.Unreachable(var problems) -> stopped(fleet, problems);
            case ClusterSurvey.Result.Surveyed(var facts) ->
                switch (Planner.plan(loaded, facts, run, new SnapshotLibrary(), new LocalFileReader())) {
                    case Planner.Result.Refused(var problems) -> stopped(fleet, problems);
                    case Planner.Result.Planned(var plan) -> {
                        reporting.problems(plan.warnings());
                        reporting.plan(plan);
                        yield new Result.Ready(
                                fleet,
                                plan,
                                call(request, loaded, plan),
                                Fingerprint.ofAll(plan.facts()),
                                InventoryPrint.of(loaded.inventory()));
                    }
                };
        };
    }

    private Result stopped(NodeSet fleet, List<Problem> problems) {
        fleet.close();
        return stopped(problems, ExitCode.PREFLIGHT);
    }

    private Result stopped(List<Problem> problems, ExitCode code) {
        return stopped(reporting, problems, code);
    }

    /** Tells what stands in the way. */
    static Result stopped(ReportCollector reporting, List<Problem> problems, ExitCode code) {
        reporting.problems(problems);
        reporting.terminal().emit(new Line.Refused("problems stand in the way; nothing was touched", code.number()));
        reporting.terminal().note("Nothing was touched.");
        return new Result.Stopped(code);
    }

    /** Enough to reach the same hosts again; secrets stay out. */
    private static RunEvent.Call call(Request request, Loaded.Ok loaded, Plan plan) throws UsageError {
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
                Optional.of(LocalFileHash.sha256(here.resolve(request.runbook()))));
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
            throws UsageError {
        if (SimulatedNodes.wanted(hosts, options)) {
            return SimulatedNodes.fleet(hosts, options).asNodes();
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
