package dev.runbook.report;

import dev.runbook.journal.RunEvent;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Failure;
import dev.runbook.model.action.Action;
import dev.runbook.plan.Plan;
import dev.runbook.report.StepResult.FailedAction;
import dev.runbook.report.StepResult.OnHost;
import dev.runbook.report.StepResult.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Folds a run's events into the result of each step on each host. */
final class StepResults {
    private final Map<Integer, Step> steps = new TreeMap<>();

    /** One step so far. */
    private record Step(
            String name, String type, SequencedMap<String, OnHost> hosts, Map<String, List<Action>> actions) {
        String action(String host, int index) {
            return actions.getOrDefault(host, List.of()).get(index).describe();
        }
    }

    private StepResults() {}

    static List<StepResult> of(Optional<Plan> plan, List<RunEvent> events) {
        var results = new StepResults();
        plan.ifPresent(results::planned);
        events.forEach(results::accept);
        var list = new ArrayList<StepResult>();
        results.steps.forEach((index, step) -> list.add(new StepResult(index, step.name(), step.type(), step.hosts())));
        return list;
    }

    private void planned(Plan plan) {
        for (var step : plan.steps()) {
            var actions = new LinkedHashMap<String, List<Action>>();
            step.hosts().forEach((host, planned) -> actions.put(host, planned.actions()));
            begin(step.index(), step.name(), step.type(), actions);
        }
    }

    private void begin(int index, String name, String type, Map<String, List<Action>> actions) {
        var hosts = new LinkedHashMap<String, OnHost>();
        actions.forEach((host, list) -> hosts.put(host, OnHost.planned((int)
                list.stream().filter(action -> action.direction().forward()).count())));
        steps.putIfAbsent(index, new Step(name, type, hosts, actions));
    }

    private void accept(RunEvent event) {
        switch (event) {
            case RunEvent.StepIntended step -> {
                begin(step.step(), step.name(), step.type(), new TreeMap<>(step.actions()));
                step.actions()
                        .keySet()
                        .forEach(host -> on(
                                step.step(), host, now -> now.with(Progress.IN_PART, Duration.ZERO, Optional.empty())));
            }
            case RunEvent.ActionEnded ended -> ended(ended);
            case RunEvent.StepEnded ended -> done(ended.step());
            case RunEvent.Committed committed -> done(committed.step());
            case RunEvent.RollbackBegan began -> hostLost(began.cause());
            case RunEvent.UndoEnded ended -> undone(ended);
            case RunEvent.StepResumed _, RunEvent.InDoubtResolved _ -> {}
            case RunEvent.RunBegan _, RunEvent.RunPlanned _, RunEvent.CommitBegan _, RunEvent.StepUndoBegan _ -> {}
            case RunEvent.RunEnded _ -> {}
        }
    }

    private void ended(RunEvent.ActionEnded ended) {
        var failed = failedAction(ended.step(), ended.host(), ended.index(), ended.result());
        on(
                ended.step(),
                ended.host(),
                now -> now.with(
                        failed.isPresent() ? Progress.FAILED : now.progress(),
                        ended.result().took(),
                        failed));
    }

    private void done(int step) {
        var hosts = Optional.ofNullable(steps.get(step)).map(Step::hosts).orElse(new LinkedHashMap<>());
        hosts.replaceAll((_, now) ->
                now.progress() == Progress.FAILED ? now : now.with(Progress.DONE, Duration.ZERO, Optional.empty()));
    }

    private void hostLost(RunEvent.Cause cause) {
        if (cause instanceof RunEvent.Cause.HostLost lost) {
            on(
                    lost.step(),
                    lost.host(),
                    now -> now.with(
                            Progress.FAILED,
                            Duration.ZERO,
                            Optional.of(new FailedAction("reach the host", Failure.of(lost.why())))));
        }
    }

    private void undone(RunEvent.UndoEnded ended) {
        if (!(ended.result() instanceof ActionResult.NotBegun)) {
            on(
                    ended.step(),
                    ended.host(),
                    now -> now.undone(failedAction(ended.step(), ended.host(), ended.index(), ended.result())
                            .map(action -> new FailedAction("undo: " + action.action(), action.failure()))));
        }
    }

    private Optional<FailedAction> failedAction(int index, String host, int action, ActionResult result) {
        return Optional.ofNullable(steps.get(index))
                .flatMap(step -> result.why().map(why -> new FailedAction(step.action(host, action), why)));
    }

    /** Changes a host of a known step; a journal whose beginning is lost has events of unknown steps. */
    private void on(int step, String host, UnaryOperator<OnHost> change) {
        Optional.ofNullable(steps.get(step))
                .ifPresent(found -> found.hosts().computeIfPresent(host, (_, now) -> change.apply(now)));
    }
}
