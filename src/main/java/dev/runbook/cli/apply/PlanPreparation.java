package dev.runbook.cli.apply;

import dev.runbook.cli.inventory.HostNodes;
import dev.runbook.cli.inventory.Passwords;
import dev.runbook.cli.inventory.SimulatedNodes;
import dev.runbook.cli.inventory.WatchedSurvey;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.LocalFileHash;
import dev.runbook.cli.terminal.ReportCollector;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.Fingerprint;
import dev.runbook.journal.RunEvent;
import dev.runbook.lint.Linter;
import dev.runbook.load.Loaded;
import dev.runbook.load.Loader;
import dev.runbook.load.Request;
import dev.runbook.load.inventory.Host;
import dev.runbook.load.inventory.HostList;
import dev.runbook.load.inventory.InventoryPrint;
import dev.runbook.model.Problem;
import dev.runbook.model.Secret;
import dev.runbook.node.Node;
import dev.runbook.node.NodeSet;
import dev.runbook.plan.AbsentHosts;
import dev.runbook.plan.InputFiles;
import dev.runbook.plan.Plan;
import dev.runbook.plan.Planner;
import dev.runbook.report.line.InvocationLine;
import dev.runbook.step.LocalFiles;
import dev.runbook.step.RunIdentity;
import dev.runbook.step.Snapshots;
import dev.runbook.steps.StepTypes;
import dev.runbook.survey.ClusterSurvey;
import dev.runbook.survey.LocalFileReader;
import dev.runbook.survey.SnapshotLibrary;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;

/** Preparation of a plan from a command line: load, connect, survey, plan. Prints all problems and changes nothing. */
public final class PlanPreparation {
    /** Result of the preparation. */
    public sealed interface Result {
        /**
         * A plan that can be applied. The caller closes the fleet's nodes.
         *
         * @param fingerprints of the hosts that the plan was made from
         * @param inventory a hash for each host of what the inventory says of it
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
    private final HostNodes.Opener opener;
    private final Snapshots snapshots = new SnapshotLibrary();
    private final LocalFiles files = new LocalFileReader();
    private final boolean strict;

    public PlanPreparation(ReportCollector reporting, Clock clock) {
        this(reporting, clock, HostNodes::open, false);
    }

    /** @param strict whether hosts and members that a run could do without block it */
    public PlanPreparation(ReportCollector reporting, Clock clock, HostNodes.Opener opener, boolean strict) {
        this.reporting = reporting;
        this.clock = clock;
        this.opener = opener;
        this.strict = strict;
    }

    public Result prepare(Request request, ConnectionOptions connections, RunIdentity run) throws UsageError {
        if (request.inventories().isEmpty()) {
            throw new UsageError("no inventory given; try -i FILE");
        }
        return switch (new Loader(StepTypes.ALL).load(request.with(Passwords.given(connections)))) {
            case Loaded.Failed(var problems, var readable) -> {
                var all = new ArrayList<>(problems);
                readable.ifPresent(part -> all.addAll(fileProblems(part)));
                yield stopped(all, ExitCode.BAD_INPUT);
            }
            case Loaded.Ok loaded -> {
                var lint = new Linter(StepTypes.ALL).lint(loaded);
                var files = fileProblems(loaded);
                if (lint.hasErrors()) {
                    reporting
                            .terminal()
                            .note("`runbook validate --explain RULE` explains a rule and how to allow an exception.");
                }
                if (lint.hasErrors() || !files.isEmpty()) {
                    var all = new ArrayList<>(lint.problems());
                    all.addAll(files);
                    yield stopped(all, ExitCode.BAD_INPUT);
                }
                reporting.problems(lint.problems());
                var fleet = new NodeSet(opener.open(hosts(loaded), Passwords.become(connections), connections));
                SimulatedNodes.announce(fleet, reporting.terminal());
                yield plan(request, loaded, fleet, SimulatedNodes.of(fleet) ? NewRun.simulated(run) : run);
            }
        };
    }

    /** Before the first connection: a snapshot that is missing or compressed is a mistake in the command, not of a host. */
    private List<Problem> fileProblems(Loaded.Ok loaded) {
        return InputFiles.problems(loaded, snapshots, files);
    }

    private Result plan(Request request, Loaded.Ok loaded, NodeSet fleet, RunIdentity run) throws UsageError {
        return switch (WatchedSurvey.survey(reporting.terminal(), fleet, HostNodes.groups(loaded.inventory()), clock)) {
            case ClusterSurvey.Result.Unreachable(var problems, var others) ->
                strict || !AbsentHosts.tolerated(loaded, absent(fleet, others))
                        ? stopped(fleet, withSettings(loaded, problems))
                        : plan(request, loaded, reached(fleet, others), run, others, AbsentHosts.leftOut(problems));
            case ClusterSurvey.Result.Surveyed(var facts) -> plan(request, loaded, fleet, run, facts, List.of());
        };
    }

    private Result plan(
            Request request,
            Loaded.Ok loaded,
            NodeSet fleet,
            RunIdentity run,
            ClusterFacts facts,
            List<Problem> leftOut)
            throws UsageError {
        return switch (Planner.plan(loaded, facts, run, snapshots, files, leftOut)) {
            case Planner.Result.Refused(var problems) -> stopped(fleet, problems);
            case Planner.Result.Planned(var plan) -> {
                if (strict && !AbsentHosts.among(plan.warnings()).isEmpty()) {
                    yield stopped(fleet, AbsentHosts.strictly(plan.warnings()));
                }
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
    }

    /** What is not used of the inventory's settings may be why a host is unreachable. */
    private static List<Problem> withSettings(Loaded.Ok loaded, List<Problem> unreachable) {
        var all = new ArrayList<>(loaded.warnings());
        all.addAll(unreachable);
        return all;
    }

    private static Set<String> absent(NodeSet fleet, ClusterFacts reached) {
        var absent = new LinkedHashSet<>(fleet.nodes().keySet());
        absent.removeAll(reached.hosts().keySet());
        return absent;
    }

    /** The nodes that can be reached; the others are given up. */
    private static NodeSet reached(NodeSet fleet, ClusterFacts reached) {
        var nodes = new LinkedHashMap<String, Node>();
        fleet.nodes().forEach((name, node) -> {
            if (reached.hosts().containsKey(name)) {
                nodes.put(name, node);
            } else {
                node.close();
            }
        });
        return new NodeSet(nodes);
    }

    private Result stopped(NodeSet fleet, List<Problem> problems) {
        fleet.close();
        return stopped(problems, ExitCode.PREFLIGHT);
    }

    private Result stopped(List<Problem> problems, ExitCode code) {
        return stopped(reporting, problems, code);
    }

    /** Reports the problems that block the run. */
    static Result stopped(ReportCollector reporting, List<Problem> problems, ExitCode code) {
        reporting.problems(problems);
        reporting.terminal().emit(new InvocationLine.Refused(blocked(problems), code.number()));
        reporting.terminal().note("Nothing was changed.");
        return new Result.Stopped(code);
    }

    private static String blocked(List<Problem> problems) {
        long errors = problems.stream().filter(Problem::isError).count();
        return (errors == 1 ? "1 problem blocks" : errors + " problems block") + " the run; nothing was changed";
    }

    /** The command line for the journal, complete enough to reach the same hosts again, without secrets. */
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
                        .map(path -> HostList.recorded(path, request.surroundings()))
                        .toList(),
                inputs,
                plan.run().artifacts().toString(),
                Optional.of(LocalFileHash.sha256(here.resolve(request.runbook()))));
    }

    /** The hosts of all steps, in the order of the inventory. */
    private static List<Host> hosts(Loaded.Ok loaded) {
        var wanted = new LinkedHashSet<String>();
        loaded.steps().forEach(step -> loaded.hostsOf(step).forEach(host -> wanted.add(host.name())));
        return loaded.inventory().hosts().stream()
                .filter(host -> wanted.contains(host.name()))
                .toList();
    }
}
