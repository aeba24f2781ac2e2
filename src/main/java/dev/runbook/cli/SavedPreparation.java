package dev.runbook.cli;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.options.TargetOptions;
import dev.runbook.load.Loader;
import dev.runbook.load.inventory.Inventory;
import dev.runbook.model.Problem;
import dev.runbook.node.Fleet;
import dev.runbook.plan.Plan;
import dev.runbook.plan.Staleness;
import dev.runbook.saved.SavedPlan;
import dev.runbook.survey.ClusterSurvey;
import dev.runbook.survey.LocalFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From a saved plan to one that can be carried out: all that has changed since is told at once, and nothing is touched. */
final class SavedPreparation {
    private final Reporting reporting;
    private final Clock clock;
    private final RunStore store;

    SavedPreparation(Reporting reporting, Clock clock, RunStore store) {
        this.reporting = reporting;
        this.clock = clock;
        this.store = store;
    }

    /**
     * Looks.
     *
     * @param given inventories of this call; none means those that the plan was made with
     */
    Preparation.Result prepare(SavedPlan saved, List<Path> given, ConnectionOptions connections)
            throws BadCall, IOException {
        var plan = saved.plan();
        var inventories = given.isEmpty()
                ? saved.call().inventories().stream().map(Path::of).toList()
                : given;
        var loaded = Loader.inventory(
                TargetOptions.request(Path.of(""), inventories, List.of(), Optional.empty(), List.of()));
        var problems = new ArrayList<Problem>(loaded.problems());
        problems.addAll(used(plan));
        problems.addAll(saved.changedFiles(new LocalFileReader()));
        if (loaded.problems().stream().noneMatch(Problem::isError)) {
            problems.addAll(otherHosts(plan, loaded.inventory()));
        }
        if (problems.stream().anyMatch(Problem::isError)) {
            return Preparation.stopped(reporting, problems, ExitCode.BAD_INPUT);
        }
        reporting.problems(plan.warnings());
        reporting.plan(plan);
        var hosts = loaded.inventory().hosts().stream()
                .filter(host -> plan.hosts().contains(host.name()))
                .toList();
        return looked(saved, new Fleet(Preparation.open(hosts, Passwords.become(connections), connections)));
    }

    private Preparation.Result looked(SavedPlan saved, Fleet fleet) {
        var plan = saved.plan();
        var problems = switch (ClusterSurvey.look(fleet, plan.facts().groups(), clock)) {
            case ClusterSurvey.Result.Unreachable(var unreachable) -> unreachable;
            case ClusterSurvey.Result.Seen(var now) -> {
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
            return new Preparation.Result.Ready(fleet, plan, saved.call(), saved.fingerprints());
        }
        fleet.close();
        return Preparation.stopped(reporting, problems, ExitCode.PREFLIGHT);
    }

    private List<Problem> used(Plan plan) throws IOException {
        return store.events(plan.run().id()).isEmpty()
                ? List.of()
                : List.of(Problem.ofCall(
                        "plan-was-used",
                        "this plan has begun already, as run " + plan.run().id(),
                        "`runbook runs show " + plan.run().id() + "` tells how it went; plan again"));
    }

    /** A host that came into a group may be one that the plan would have to stop. */
    private static List<Problem> otherHosts(Plan plan, Inventory inventory) {
        var problems = new ArrayList<Problem>();
        plan.hosts().stream()
                .filter(host -> inventory.host(host).isEmpty())
                .forEach(host -> problems.add(Problem.ofCall(
                        "unknown-host",
                        "the plan is for " + host + ", which the inventory does not have",
                        "give the plan's inventory with -i")));
        if (problems.isEmpty()
                && !Preparation.groups(inventory).equals(plan.facts().groups())) {
            problems.add(Problem.ofCall(
                    "plan-is-stale", "the inventory's groups have changed since the plan was made", "plan again"));
        }
        return problems;
    }
}
