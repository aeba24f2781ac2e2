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

/** The scenarios of a plan. The same plan always has the same scenarios. */
final class Scenarios {
    /** At every action; for the others see {@link #withMembersStarting} and {@link #withKubelet}. */
    private static final Set<Fault> ANYWHERE =
            EnumSet.complementOf(EnumSet.of(Fault.MEMBER_HANGS, Fault.KUBELET_RESTARTED));

    private static final Set<Fault> ROLLBACK_FAULTS = EnumSet.range(Fault.REFUSED, Fault.LOST_AFTER);
    /** Enough to exercise the smallest runbook; a restore has more single faults. */
    private static final int MINIMUM = 1_200;

    private Scenarios() {}

    /**
     * All scenarios but the one without a fault.
     *
     * @param faultFree the run of the plan without a fault
     * @param snapshots that all runs share
     */
    static List<Scenario> of(Plan plan, ScenarioRun faultFree, SimSnapshots snapshots) {
        var single = new ArrayList<Scenario>();
        for (var host : plan.hosts()) {
            int actions = faultFree.nodes().node(host).performed().size();
            for (int number = 0; number < actions; number++) {
                for (var fault : ANYWHERE) {
                    single.add(Scenario.of(Injection.forward(host, number, fault)));
                }
                if (withKubelet(faultFree, host)) {
                    single.add(Scenario.of(Injection.forward(host, number, Fault.KUBELET_RESTARTED)));
                }
            }
            single.addAll(withMembersStarting(plan, host));
        }
        long questions = plan.steps().stream()
                .filter(step -> step.question().isPresent())
                .count();
        for (int question = 0; question < questions; question++) {
            single.add(Scenario.declining(question));
        }
        single.addAll(controllerKilled(faultFree));
        var scenarios = new ArrayList<>(single);
        scenarios.addAll(faultsInRollback(plan, faultFree, snapshots));
        scenarios.addAll(pairs(single, MINIMUM - scenarios.size()));
        scenarios.addAll(journalLost(faultFree));
        return scenarios;
    }

    /** A plan that leaves the kubelet stopped would otherwise be blamed for the restart. */
    private static boolean withKubelet(ScenarioRun faultFree, String host) {
        return faultFree.nodes().node(host).services().units().getOrDefault("kubelet.service", true);
    }

    /** The member of a host never serves while others start: at every action of the step that starts it. */
    private static List<Scenario> withMembersStarting(Plan plan, String host) {
        var scenarios = new ArrayList<Scenario>();
        int number = 0;
        for (var step : plan.steps()) {
            for (var action : step.actionsOn(host)) {
                if (!action.direction().forward()) {
                    continue;
                }
                if (step.type().equals("start-etcd")) {
                    scenarios.add(Scenario.of(Injection.forward(host, number, Fault.MEMBER_HANGS)));
                }
                number++;
            }
        }
        return scenarios;
    }

    /** The controller is killed after every record, and the next one resumes the run or rolls it back. */
    private static List<Scenario> controllerKilled(ScenarioRun faultFree) {
        var scenarios = new ArrayList<Scenario>();
        for (int records = 1; records < faultFree.records().size(); records++) {
            for (var next : Scenario.NextCommand.values()) {
                scenarios.add(Scenario.of(new Scenario.Kill(records, true, next)));
                scenarios.add(Scenario.of(new Scenario.Kill(records, false, next)));
            }
        }
        return scenarios;
    }

    /** The same, with the journal lost, after every record from which on the nodes have the plan. */
    private static List<Scenario> journalLost(ScenarioRun faultFree) {
        var scenarios = new ArrayList<Scenario>();
        int planned = faultFree.records().stream()
                .filter(RunEvent.RunPlanned.class::isInstance)
                .mapToInt(faultFree.records()::indexOf)
                .findFirst()
                .orElse(faultFree.records().size());
        for (int records = planned + 2; records < faultFree.records().size() - 1; records++) {
            for (var next : Scenario.NextCommand.values()) {
                scenarios.add(Scenario.of(new Scenario.Kill(records, records % 2 == 0, next, true)));
            }
        }
        return scenarios;
    }

    /** The last action before the commit fails, and then an undo fails or the controller is killed. */
    private static List<Scenario> faultsInRollback(Plan plan, ScenarioRun faultFree, SimSnapshots snapshots) {
        var scenarios = new ArrayList<Scenario>();
        var failing = lastBeforeCommit(plan);
        if (failing.injections().isEmpty()) {
            return scenarios;
        }
        var rollback = new ScenarioRun(plan, failing, snapshots).run();
        for (var host : plan.hosts()) {
            int undos = rollback.nodes().node(host).undone().size();
            for (int number = 0; number < undos; number++) {
                for (var fault : ROLLBACK_FAULTS) {
                    scenarios.add(failing.and(Scenario.of(Injection.inRollback(host, number, fault))));
                }
                scenarios.add(failing.and(Scenario.of(Injection.inRollback(host, number, Fault.REPEATED))));
                scenarios.add(failing.and(Scenario.of(Injection.inRollback(host, number, Fault.DIES))));
                if (withKubelet(faultFree, host)) {
                    scenarios.add(
                            failing.and(Scenario.of(Injection.inRollback(host, number, Fault.KUBELET_RESTARTED))));
                }
            }
            int actions = rollback.nodes().node(host).performed().size();
            for (int number = 0; withKubelet(faultFree, host) && number < actions; number++) {
                scenarios.add(Scenario.of(Injection.forward(host, number, Fault.KUBELET_RESTARTED))
                        .and(failing));
            }
        }
        int rollbackBegan = rollback.records()
                .indexOf(rollback.records().stream()
                        .filter(RunEvent.RollbackBegan.class::isInstance)
                        .findFirst()
                        .orElse(rollback.records().getLast()));
        for (int records = rollbackBegan; records < rollback.records().size(); records++) {
            scenarios.add(failing.and(Scenario.of(new Scenario.Kill(records, true, Scenario.NextCommand.ROLL_BACK))));
        }
        int half = faultFree.records().size() / 2;
        for (int records = 1; records < half; records++) {
            scenarios.add(Scenario.of(
                    new Scenario.Kill(half, true, Scenario.NextCommand.ROLL_BACK),
                    new Scenario.Kill(records, records % 2 == 0, Scenario.NextCommand.ROLL_BACK)));
        }
        return scenarios;
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
        return Scenario.FAULT_FREE;
    }

    /** Pairs of faults, random with a fixed seed. */
    private static List<Scenario> pairs(List<Scenario> single, int count) {
        var pairs = new ArrayList<Scenario>();
        if (single.size() < 2) {
            return pairs;
        }
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20_250_101);
        var injected =
                single.stream().filter(scenario -> scenario.kills().isEmpty()).toList();
        while (pairs.size() < count) {
            pairs.add(injected.get(random.nextInt(injected.size())).and(single.get(random.nextInt(single.size()))));
        }
        return pairs;
    }
}
