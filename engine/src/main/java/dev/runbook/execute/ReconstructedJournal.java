package dev.runbook.execute;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunEvent.Cause;
import dev.runbook.journal.RunPlan;
import dev.runbook.model.ActionResult;
import dev.runbook.node.NodeJournal;
import dev.runbook.node.NodeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The journal of a run as its lost controller must have had it, from what the nodes wrote down. Steps are barriers: where
 * one node has begun a step, all have finished those before it. What no node has written down stays in doubt.
 */
final class ReconstructedJournal {
    static final String COMMIT_NOTE = "commit";

    /** Written before anything is undone, so that a commit record on some nodes is not taken for a commit. */
    static final String ROLLBACK_NOTE = "rollback";

    private final RunPlan plan;
    private final List<String> hosts;
    private final Map<String, NodeJournal> journals;
    private final Instant at;

    /**
     * @param hosts of the run, all of them
     * @param journals of those that can be reached
     */
    ReconstructedJournal(RunPlan plan, List<String> hosts, Map<String, NodeJournal> journals, Instant at) {
        this.plan = plan;
        this.hosts = List.copyOf(hosts);
        this.journals = new TreeMap<>(journals);
        this.at = at;
    }

    /** Whether the run is committed, as far as the nodes know. */
    enum Commit {
        NO,
        /** Some nodes have the record, and at least one has not. */
        BEGUN,
        YES,
        /** Every node that can be reached has the record, and nothing shows that the others have it. */
        UNKNOWN
    }

    Commit commit() {
        long noted = journals.values().stream()
                .filter(journal -> journal.noted(COMMIT_NOTE))
                .count();
        if (rollbackBegan() || noted == 0) {
            return noted == 0 ? Commit.NO : Commit.BEGUN;
        }
        if (lastBegun() > commitStep() || noted == hosts.size()) {
            return Commit.YES;
        }
        return noted == journals.size() ? Commit.UNKNOWN : Commit.BEGUN;
    }

    /** The events after the beginning and the plan; must not be asked for with {@link Commit#UNKNOWN}. */
    List<RunEvent> events() {
        var commit = commit();
        var events = new ArrayList<RunEvent>();
        int reached = commit == Commit.NO ? lastBegun() : Math.max(lastBegun(), commitStep());
        for (var step : plan.steps()) {
            if (step.index() > reached) {
                break;
            }
            if (step.commits()) {
                events.add(new RunEvent.CommitBegan(at, step.index()));
                if (commit == Commit.YES) {
                    events.add(new RunEvent.Committed(at, step.index()));
                }
                continue;
            }
            events.add(new RunEvent.StepIntended(at, step.index(), step.name(), step.type(), step.actions()));
            boolean barrier = step.index() < reached && (commit != Commit.YES || step.index() < commitStep());
            if (barrier) {
                finish(step, events);
            }
        }
        if (rollbackBegan()) {
            events.add(new RunEvent.RollbackBegan(
                    at, new Cause.Requested("an earlier controller, according to the node journals")));
            plan.steps().reversed().stream()
                    .filter(step -> step.index() <= reached && !step.commits())
                    .forEach(step -> events.add(new RunEvent.StepUndoBegan(
                            at, step.index(), List.copyOf(step.actions().keySet()))));
        }
        return events;
    }

    private void finish(RunPlan.Step step, List<RunEvent> events) {
        step.actions().forEach((host, actions) -> {
            for (int index = 0; index < actions.size(); index++) {
                boolean was = actions.get(index).direction().forward()
                        && wasDoneBefore(host, ActionNumbers.forward(step.index(), actions, index));
                events.add(new RunEvent.ActionEnded(
                        at,
                        step.index(),
                        host,
                        index,
                        was ? new ActionResult.AlreadyDone(Duration.ZERO) : new ActionResult.Done(Duration.ZERO)));
            }
        });
        events.add(new RunEvent.StepEnded(at, step.index()));
    }

    private boolean wasDoneBefore(String host, long number) {
        var journal = journals.get(host);
        return journal != null && NodeJournals.wasDoneBefore(NodeJournals.of(journal, number));
    }

    private boolean rollbackBegan() {
        return journals.values().stream()
                .anyMatch(journal -> journal.noted(ROLLBACK_NOTE)
                        || journal.records().stream()
                                .anyMatch(record -> isAction(record) && ActionNumbers.isUndo(record.number())));
    }

    /** The last step that any node has a record of; -1 when none has. */
    private int lastBegun() {
        return journals.values().stream()
                .flatMap(journal -> journal.records().stream())
                .filter(record -> isAction(record) && !ActionNumbers.isUndo(record.number()))
                .mapToInt(record -> ActionNumbers.step(record.number()))
                .max()
                .orElse(-1);
    }

    private int commitStep() {
        return plan.steps().stream()
                .filter(RunPlan.Step::commits)
                .mapToInt(RunPlan.Step::index)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    private static boolean isAction(NodeRecord record) {
        return record.kind() != NodeRecord.Kind.NOTE;
    }
}
