package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.TargetOptions;
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
import java.util.Optional;

/** From a saved plan to one that can be carried out: all that has changed since is told at once, and nothing is touched. */
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
     * Looks.
     *
     * @param given inventories of this call; none means those that the plan was made with
     */
    PlanPreparation.Result prepare(SavedPlan saved, List<Path> given, ConnectionOptions connections)
            throws UsageError, IOException {
        var plan = saved.plan();
        // Nobody shall carry out on hosts what was tried on none of them, nor the other way round.
        if (connections.simulate() && !NewRun.isSimulated(plan.run().id())) {
            throw new UsageError("this plan was made for hosts, not for simulated ones: plan with --simulate");
        }
        connections.simulate(NewRun.isSimulated(plan.run().id()));
        var inventories = given.isEmpty()
                ? saved.call().inventories().stream().map(Path::of).toList()
                : given;
        var loaded = Loader.inventory(
                TargetOptions.request(Path.of(""), inventories, List.of(), Optional.empty(), List.of()));
        var problems = new ArrayList<Problem>(loaded.problems());
        problems.addAll(used(plan));
        problems.addAll(changedRunbook(saved.call()));
        problems.addAll(saved.changedFiles(new LocalFileReader()));
        if (loaded.problems().stream().noneMatch(Problem::isError)) {
            problems.addAll(otherHosts(saved, loaded.inventory()));
        }
        if (problems.stream().anyMatch(Problem::isError)) {
            return PlanPreparation.stopped(reporting, problems, ExitCode.BAD_INPUT);
        }
        reporting.problems(plan.warnings());
        reporting.plan(plan);
        var hosts = loaded.inventory().hosts().stream()
                .filter(host -> plan.hosts().contains(host.name()))
                .toList();
        var fleet = new NodeSet(PlanPreparation.open(hosts, Passwords.become(connections), connections));
        SimulatedNodes.announce(fleet, reporting.terminal());
        return looked(saved, fleet);
    }

    private PlanPreparation.Result looked(SavedPlan saved, NodeSet fleet) {
        var plan = saved.plan();
        var problems = switch (ClusterSurvey.survey(fleet, plan.facts().groups(), SimulatedNodes.clock(fleet, clock))) {
            case ClusterSurvey.Result.Unreachable(var unreachable) -> unreachable;
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

    private List<Problem> used(Plan plan) throws IOException {
        return store.events(plan.run().id()).isEmpty()
                ? List.of()
                : List.of(Problem.ofCall(
                        "plan-was-used",
                        "this plan has begun already, as run " + plan.run().id(),
                        "`runbook runs show " + plan.run().id() + "` tells how it went; plan again"));
    }

    /** Whoever changed the runbook since wants another plan. A machine without it has the plan, and that is enough. */
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
                "plan again, or put the runbook back as it was"));
    }

    /** A host that came into a group may be one that the plan would have to stop. */
    private static List<Problem> otherHosts(SavedPlan saved, Inventory inventory) {
        var plan = saved.plan();
        var problems = new ArrayList<Problem>();
        plan.hosts().stream()
                .filter(host -> inventory.host(host).isEmpty())
                .forEach(host -> problems.add(Problem.ofCall(
                        "unknown-host",
                        "the plan is for " + host + ", which the inventory does not have",
                        "give the plan's inventory with -i")));
        if (problems.isEmpty()
                && !PlanPreparation.groups(inventory).equals(plan.facts().groups())) {
            problems.add(Problem.ofCall(
                    "plan-is-stale", "the inventory's groups have changed since the plan was made", "plan again"));
        }
        if (problems.isEmpty()) {
            problems.addAll(saved.changedInventory(InventoryPrint.of(inventory)));
        }
        return problems;
    }
}
