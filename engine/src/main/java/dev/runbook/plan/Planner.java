package dev.runbook.plan;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.load.Loaded;
import dev.runbook.load.Step;
import dev.runbook.load.expression.Bound;
import dev.runbook.load.expression.Scope;
import dev.runbook.load.inventory.Host;
import dev.runbook.model.NodeState;
import dev.runbook.model.Problem;
import dev.runbook.model.Question;
import dev.runbook.step.Effect;
import dev.runbook.step.LocalFiles;
import dev.runbook.step.RunIdentity;
import dev.runbook.step.Snapshots;
import dev.runbook.step.StepPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans every step on every host, each on the state predicted after the earlier steps. */
public final class Planner {
    /** Result of planning. */
    public sealed interface Result {
        record Planned(Plan plan) implements Result {}

        /** A problem blocks the run, so no host may be changed. Warnings are among the problems. */
        record Refused(List<Problem> problems) implements Result {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    private final Loaded.Ok loaded;
    private final ClusterFacts facts;
    private final RunIdentity run;
    private final Snapshots snapshots;
    private final LocalFiles files;

    private final Map<String, NodeState> states = new HashMap<>();
    /** Outputs by step id, then host, then name. */
    private final Map<String, Map<String, Map<String, Object>>> outputs = new LinkedHashMap<>();

    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> reported = new HashSet<>();

    /** Questions of the step that is planned now. */
    private final List<Question> questions = new ArrayList<>();

    /** Whether the step that is planned now is refused on a host. */
    private boolean refused;

    private Planner(Loaded.Ok loaded, ClusterFacts facts, RunIdentity run, Snapshots snapshots, LocalFiles files) {
        this.loaded = loaded;
        this.facts = facts;
        this.run = run;
        this.snapshots = snapshots;
        this.files = files;
        facts.hosts().forEach((host, found) -> states.put(host, InitialState.of(found)));
    }

    public static Result plan(
            Loaded.Ok loaded, ClusterFacts facts, RunIdentity run, Snapshots snapshots, LocalFiles files) {
        return plan(loaded, facts, run, snapshots, files, List.of());
    }

    /**
     * Plans without the hosts that the facts lack.
     *
     * @param leftOut warnings, one for each of them
     */
    public static Result plan(
            Loaded.Ok loaded,
            ClusterFacts facts,
            RunIdentity run,
            Snapshots snapshots,
            LocalFiles files,
            List<Problem> leftOut) {
        var planner = new Planner(loaded, facts, run, snapshots, files);
        leftOut.forEach(planner::report);
        return planner.plan();
    }

    private Result plan() {
        loaded.warnings().forEach(this::report);
        var steps = new ArrayList<PlannedStep>();
        for (var step : loaded.steps()) {
            refused = false;
            var hosts = loaded.hostsOf(step).stream()
                    .filter(host -> facts.hosts().containsKey(host.name()))
                    .toList();
            if (step.runOnce() && hosts.size() > 1) {
                hosts = hosts.subList(0, 1);
            }
            steps.add(planned(step, steps.size(), hosts));
            // The state after a refused step is unknown, so problems of later steps would only follow from it.
            if (refused && !step.call().type().isReadOnly()) {
                break;
            }
        }
        return problems.stream().anyMatch(Problem::isError)
                ? new Result.Refused(withoutRepetitions())
                : new Result.Planned(new Plan(run, loaded.runbook().name(), steps, facts, problems));
    }

    private void refuse(List<Problem> why) {
        refused = true;
        why.forEach(this::report);
    }

    /** A problem that two steps find is reported once; one that a step accepts and another does not is an error. */
    private void report(Problem problem) {
        var where = problem.where() instanceof Problem.Where.OnHost onHost ? onHost.host() : "";
        if (reported.add(where + "\n" + problem.isError() + problem.code() + "\n" + problem.summary())) {
            problems.add(problem);
        }
    }

    /** A warning says nothing beside an error of the same words. */
    private List<Problem> withoutRepetitions() {
        var errors = problems.stream().filter(Problem::isError).toList();
        return problems.stream()
                .filter(problem -> problem.isError()
                        || errors.stream()
                                .noneMatch(error -> error.where().equals(problem.where())
                                        && error.code().equals(problem.code())
                                        && error.summary().equals(problem.summary())))
                .toList();
    }

    private PlannedStep planned(Step step, int index, List<Host> hosts) {
        var plans = new LinkedHashMap<String, HostPlan>();
        boolean commits = false;
        questions.clear();
        var scopes = new LinkedHashMap<String, Scope>();
        for (var host : hosts) {
            var scope = new Scope(host, loaded.inputs(), outputsFor(host.name()), run.id());
            switch (step.when().map(condition -> condition.holds(scope)).orElse(new Bound.Ok<>(true))) {
                case Bound.Failed<Boolean>(var why) -> refuse(why);
                case Bound.Ok<Boolean>(Boolean holds) -> {
                    if (holds) {
                        scopes.put(host.name(), scope);
                    }
                    plans.put(
                            host.name(),
                            new HostPlan(List.of(), List.of("skipped: its condition is false here"), List.of()));
                }
            }
        }
        // What is done once, on one of the hosts, must not fall to one that the step skips.
        var names = List.copyOf(scopes.keySet());
        for (var each : scopes.entrySet()) {
            commits |= onHost(step, names, each.getKey(), each.getValue(), plans);
        }
        return new PlannedStep(
                index,
                step.name(),
                step.call().type().name(),
                plans,
                commits,
                step.onFailure() == Step.OnFailure.ROLLBACK,
                question());
    }

    /** The questions of all hosts as one, which the operator answers at once. */
    private Optional<Question> question() {
        return questions.isEmpty()
                ? Optional.empty()
                : Optional.of(new Question(
                        questions.stream().map(Question::text).distinct().collect(Collectors.joining("\n")),
                        questions.getFirst().limit()));
    }

    /** Effects of the steps after this one, without those that a condition may skip. */
    private Set<Effect> laterEffects(Step step, String host) {
        return loaded.steps().stream()
                .skip(loaded.steps().indexOf(step) + 1L)
                .filter(later -> later.when().isEmpty()
                        && loaded.hostsOf(later).stream()
                                .anyMatch(on -> on.name().equals(host)))
                .flatMap(later -> later.call().effects(loaded.inputs()).sets().stream())
                .collect(Collectors.toSet());
    }

    private boolean onHost(Step step, List<String> names, String host, Scope scope, Map<String, HostPlan> plans) {
        var context = new PlanningContext(
                host, names, facts, states, run, snapshots, files, laterEffects(step, host), step.timeout());
        return switch (StepPlanning.plan(step.call(), scope, context)) {
            case StepPlan.Refused(var why) -> {
                refuse(why);
                yield false;
            }
            case StepPlan.Planned planned -> {
                planned.warnings().forEach(this::report);
                var state = context.state();
                for (var action : planned.actions()) {
                    state = action.after(state);
                }
                states.put(host, state);
                step.id()
                        .ifPresent(id -> outputs.computeIfAbsent(id, _ -> new LinkedHashMap<>())
                                .put(host, planned.outputs()));
                plans.put(host, new HostPlan(planned.actions(), planned.notes(), planned.diffs()));
                planned.question().ifPresent(questions::add);
                yield planned.commits();
            }
        };
    }

    /** Outputs of earlier steps; a host on which a step did not run gets those of the step's first host. */
    private Map<String, Map<String, Object>> outputsFor(String host) {
        var visible = new LinkedHashMap<String, Map<String, Object>>();
        outputs.forEach((id, byHost) -> visible.put(
                id, byHost.getOrDefault(host, byHost.values().iterator().next())));
        return visible;
    }
}
