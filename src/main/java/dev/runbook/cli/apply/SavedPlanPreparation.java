package dev.runbook.cli.apply;

import dev.runbook.cli.inventory.HostNodes;
import dev.runbook.cli.inventory.Passwords;
import dev.runbook.cli.inventory.SimulatedNodes;
import dev.runbook.cli.inventory.WatchedSurvey;
import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.LocalFileHash;
import dev.runbook.cli.terminal.ReportCollector;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.journal.RunEvent;
import dev.runbook.load.Loader;
import dev.runbook.load.inventory.Inventory;
import dev.runbook.load.inventory.InventoryPrint;
import dev.runbook.model.Problem;
import dev.runbook.node.NodeSet;
import dev.runbook.plan.Plan;
import dev.runbook.plan.Staleness;
import dev.runbook.saved.SavedPlan;
import dev.runbook.survey.ClusterSurvey;
import dev.runbook.survey.LocalFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Preparation of a saved plan: reports all changes since the plan was made at once, and changes nothing. */
final class SavedPlanPreparation {
    private final ReportCollector reporting;
    private final Clock clock;
    private final RunStore store;

    SavedPlanPreparation(ReportCollector reporting, Clock clock, RunStore store) {
        this.reporting = reporting;
        this.clock = clock;
        this.store = store;
    }

    /**
     * Checks the plan against its files and hosts.
     *
     * @param given inventories of this command line; none means those that the plan was made with
     */
    PlanPreparation.Result prepare(SavedPlan saved, List<Path> given, ConnectionOptions connections)
            throws UsageError, IOException {
        var plan = saved.plan();
        // A plan for simulated nodes must not run on real hosts, nor the other way round.
        if (connections.simulate() && !NewRun.isSimulated(plan.run().id())) {
            throw new UsageError(
                    "this plan was made for real hosts, not for simulated nodes; try `runbook plan --simulate`");
        }
        connections.simulate(NewRun.isSimulated(plan.run().id()));
        var inventories = given.isEmpty()
                ? saved.call().inventories().stream().map(Path::of).toList()
                : given;
        var loaded =
                Loader.inventory(TargetOptions.inventoryRequest(inventories).with(Passwords.given(connections)));
        var problems = new ArrayList<Problem>(loaded.problems());
        problems.addAll(used(plan));
        problems.addAll(changedRunbook(saved.call()));
        problems.addAll(saved.changedFiles(new LocalFileReader()));
        if (loaded.problems().stream().noneMatch(Problem::isError)) {
            problems.addAll(otherHosts(saved, loaded.inventory()));
        }
        var hosts = loaded.inventory().hosts().stream()
                .filter(host -> plan.hosts().contains(host.name()))
                .toList();
        problems.addAll(Loader.connectionProblems(hosts));
        if (problems.stream().anyMatch(Problem::isError)) {
            return PlanPreparation.stopped(reporting, problems, ExitCode.BAD_INPUT);
        }
        reporting.problems(plan.warnings());
        reporting.problems(problems.stream()
                .filter(problem -> !plan.warnings().contains(problem))
                .toList());
        reporting.plan(plan);
        var fleet = new NodeSet(HostNodes.open(hosts, Passwords.become(connections), connections));
        SimulatedNodes.announce(fleet, reporting.terminal());
        return surveyed(saved, fleet);
    }

    private PlanPreparation.Result surveyed(SavedPlan saved, NodeSet fleet) {
        var plan = saved.plan();
        var problems = switch (WatchedSurvey.survey(
                reporting.terminal(), fleet, plan.facts().groups(), clock)) {
            case ClusterSurvey.Result.Unreachable(var unreachable, var _) -> unreachable;
            case ClusterSurvey.Result.Surveyed(var now) -> {
                var found = new ArrayList<Problem>(
                        RunsOnNodes.problems(fleet, plan.run().id()));
                Staleness.of(plan, saved.fingerprints(), now)
                        .forEach(change -> found.add(Problem.on(
                                change.host(),
                                "plan-is-stale",
                                change.what() + " since the plan was made",
                                "plan again")));
                yield found;
            }
        };
        if (problems.isEmpty()) {
            return new PlanPreparation.Result.Ready(fleet, plan, saved.call(), saved.fingerprints(), saved.inventory());
        }
        fleet.close();
        return PlanPreparation.stopped(reporting, problems, ExitCode.PREFLIGHT);
    }

    private List<Problem> used(Plan plan) throws UsageError {
        return store.events(plan.run().id()).isEmpty()
                ? List.of()
                : List.of(Problem.ofCall(
                        "plan-was-used",
                        "this plan was already applied, as run " + plan.run().id(),
                        "`runbook runs show " + plan.run().id() + "` shows its result; plan again"));
    }

    /** A changed runbook needs another plan. A machine without the runbook has the plan, which is enough. */
    private static List<Problem> changedRunbook(RunEvent.Call call) throws UsageError {
        var file = Path.of(call.runbookFile());
        if (call.runbookSha256().isEmpty()
                || !Files.exists(file)
                || call.runbookSha256().get().equals(LocalFileHash.sha256(file))) {
            return List.of();
        }
        return List.of(Problem.ofCall(
                "plan-is-stale",
                file + " has changed since the plan was made",
                "plan again, or restore the runbook as it was"));
    }

    /** A host that was added to a group may be one that the plan would have to stop. */
    private static List<Problem> otherHosts(SavedPlan saved, Inventory inventory) {
        var plan = saved.plan();
        var problems = new ArrayList<Problem>();
        plan.hosts().stream()
                .filter(host -> inventory.host(host).isEmpty())
                .forEach(host -> problems.add(Problem.ofCall(
                        "unknown-host",
                        "the plan is for " + host + ", which is not in the inventory",
                        "try -i with the inventory of the plan")));
        if (problems.isEmpty()
                && !HostNodes.groups(inventory).equals(plan.facts().groups())) {
            problems.add(Problem.ofCall(
                    "plan-is-stale", "the inventory's groups have changed since the plan was made", "plan again"));
        }
        if (problems.isEmpty()) {
            problems.addAll(saved.changedInventory(InventoryPrint.of(inventory)));
        }
        return problems;
    }
}
