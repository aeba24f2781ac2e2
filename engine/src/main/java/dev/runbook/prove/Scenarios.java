package dev.runbook.prove;

import dev.runbook.journal.RunEvent;
import dev.runbook.node.sim.Fault;
import dev.runbook.node.sim.SimSnapshots;
import dev.runbook.plan.Plan;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Which worlds there are to try for a plan. The same plan has the same worlds, whenever it is asked. */
final class Scenarios {
    private static final Set<Fault> BACK = EnumSet.range(Fault.REFUSED, Fault.LOST_AFTER);
    /** Enough for the smallest runbook to be tried in earnest; a restore has more of its own. */
    private static final int LEAST = 1_200;

    private Scenarios() {}

    /**
     * All of them but the flawless one.
     *
     * @param flawless how the plan runs when all goes well
     * @param snapshots that trials share
     */
    static List<Scenario> of(Plan plan, ScenarioRun flawless, SimSnapshots snapshots) {
        var single = new ArrayList<Scenario>();
        for (var host : plan.hosts()) {
            int actions = flawless.nodes().node(host).performed().size();
            for (int number = 0; number < actions; number++) {
                for (var fault : Fault.values()) {
                    single.add(Scenario.of(Injection.forward(host, number, fault)));
                }
            }
        }
        long questions = plan.steps().stream()
                .filter(step -> step.question().isPresent())
                .count();
        for (int question = 0; question < questions; question++) {
            single.add(Scenario.declining(question));
        }
        single.addAll(killed(flawless));
        var worlds = new ArrayList<>(single);
        worlds.addAll(wayBack(plan, flawless, snapshots));
        worlds.addAll(pairs(single, LEAST - worlds.size()));
        worlds.addAll(takenOver(flawless));
        return worlds;
    }

    /** The controller is killed after every record, and the next one goes on or back. */
    private static List<Scenario> killed(ScenarioRun flawless) {
        var worlds = new ArrayList<Scenario>();
        for (int records = 1; records < flawless.records().size(); records++) {
            for (var then : Scenario.Then.values()) {
                worlds.add(Scenario.of(new Scenario.Kill(records, true, then)));
                worlds.add(Scenario.of(new Scenario.Kill(records, false, then)));
            }
        }
        return worlds;
    }

    /** The same behind every record from which on nodes have the plan, and the journal is lost with the controller. */
    private static List<Scenario> takenOver(ScenarioRun flawless) {
        var worlds = new ArrayList<Scenario>();
        int planned = flawless.records().stream()
                .filter(RunEvent.RunPlanned.class::isInstance)
                .mapToInt(flawless.records()::indexOf)
                .findFirst()
                .orElse(flawless.records().size());
        for (int records = planned + 2; records < flawless.records().size() - 1; records++) {
            for (var then : Scenario.Then.values()) {
                worlds.add(Scenario.of(new Scenario.Kill(records, records % 2 == 0, then, true)));
            }
        }
        return worlds;
    }

    /** The last thing before the commit fails, and then something on the way back does, or the controller is killed. */
    private static List<Scenario> wayBack(Plan plan, ScenarioRun flawless, SimSnapshots snapshots) {
        var worlds = new ArrayList<Scenario>();
        var failing = lastBeforeCommit(plan);
        if (failing.injections().isEmpty()) {
            return worlds;
        }
        var back = new ScenarioRun(plan, failing, snapshots).run();
        for (var host : plan.hosts()) {
            int undos = back.nodes().node(host).undone().size();
            for (int number = 0; number < undos; number++) {
                for (var fault : BACK) {
                    worlds.add(failing.and(Scenario.of(Injection.back(host, number, fault))));
                }
                worlds.add(failing.and(Scenario.of(Injection.back(host, number, Fault.REPEATED))));
                worlds.add(failing.and(Scenario.of(Injection.back(host, number, Fault.DIES))));
            }
        }
        int turned = back.records()
                .indexOf(back.records().stream()
                        .filter(RunEvent.RollbackBegan.class::isInstance)
                        .findFirst()
                        .orElse(back.records().getLast()));
        for (int records = turned; records < back.records().size(); records++) {
            worlds.add(failing.and(Scenario.of(new Scenario.Kill(records, true, Scenario.Then.ROLL_BACK))));
        }
        int half = flawless.records().size() / 2;
        for (int records = 1; records < half; records++) {
            worlds.add(Scenario.of(
                    new Scenario.Kill(half, true, Scenario.Then.ROLL_BACK),
                    new Scenario.Kill(records, records % 2 == 0, Scenario.Then.ROLL_BACK)));
        }
        return worlds;
    }

    /** The last action before the commit, on the first host that has one, fails. */
    private static Scenario lastBeforeCommit(Plan plan) {
        var before = plan.steps().stream().takeWhile(step -> !step.commits()).toList();
        for (var host : plan.hosts()) {
            int actions = before.stream()
                    .mapToInt(step -> (int) step.actionsOn(host).stream()
                            .filter(action -> action.direction().forward())
                            .count())
                    .sum();
            if (actions > 0) {
                return Scenario.of(Injection.forward(host, actions - 1, Fault.FAILED_BEFORE));
            }
        }
        return Scenario.FLAWLESS;
    }

    /** Two things at once, drawn the same way every time. */
    private static List<Scenario> pairs(List<Scenario> single, int count) {
        var pairs = new ArrayList<Scenario>();
        if (single.size() < 2) {
            return pairs;
        }
        RandomGenerator drawn = RandomGeneratorFactory.of("L64X128MixRandom").create(20_250_101);
        var injected = single.stream().filter(world -> world.kills().isEmpty()).toList();
        while (pairs.size() < count) {
            pairs.add(injected.get(drawn.nextInt(injected.size())).and(single.get(drawn.nextInt(single.size()))));
        }
        return pairs;
    }
}
