package dev.runbook.report;

import dev.runbook.model.Failure;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Result of one step.
 *
 * @param index from 0
 * @param type such as {@code stop-etcd}
 * @param hosts in the order of the plan
 */
public record StepResult(int index, String name, String type, SequencedMap<String, OnHost> hosts) {
    /** How far a host got with a step. */
    public enum Progress {
        NOT_REACHED,
        IN_PART,
        FAILED,
        DONE
    }

    /**
     * One host.
     *
     * @param actions number of actions in the plan
     * @param took time of its actions together
     * @param failed the action that failed
     * @param rolledBack whether any action of it was undone
     * @param notUndone the action that could not be undone
     */
    public record OnHost(
            int actions,
            Progress progress,
            Duration took,
            Optional<FailedAction> failed,
            boolean rolledBack,
            Optional<FailedAction> notUndone) {
        static OnHost planned(int actions) {
            return new OnHost(actions, Progress.NOT_REACHED, Duration.ZERO, Optional.empty(), false, Optional.empty());
        }

        OnHost with(Progress now, Duration more, Optional<FailedAction> why) {
            return new OnHost(actions, now, took.plus(more), failed.or(() -> why), rolledBack, notUndone);
        }

        OnHost undone(Optional<FailedAction> why) {
            return new OnHost(actions, progress, took, failed, true, notUndone.or(() -> why));
        }
    }

    /**
     * An action that failed.
     *
     * @param action in one line
     */
    public record FailedAction(String action, Failure failure) {}

    public StepResult {
        hosts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(hosts));
    }
}
