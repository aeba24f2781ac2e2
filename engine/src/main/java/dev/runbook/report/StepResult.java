package dev.runbook.report;

import dev.runbook.model.Failure;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What became of one step.
 *
 * @param index from 0
 * @param type such as {@code stop-etcd}
 * @param hosts in the order of the plan
 */
public record StepResult(int index, String name, String type, SequencedMap<String, OnHost> hosts) {
    /** How far a host came with a step. */
    public enum Reached {
        NOT,
        IN_PART,
        FAILED,
        DONE
    }

    /**
     * One host.
     *
     * @param actions how many it has to do, or had
     * @param took what its actions took together
     * @param trouble what failed on the way forward
     * @param takenBack whether anything of it was taken back
     * @param notTakenBack what could not be
     */
    public record OnHost(
            int actions,
            Reached reached,
            Duration took,
            Optional<Trouble> trouble,
            boolean takenBack,
            Optional<Trouble> notTakenBack) {
        static OnHost planned(int actions) {
            return new OnHost(actions, Reached.NOT, Duration.ZERO, Optional.empty(), false, Optional.empty());
        }

        OnHost reached(Reached now, Duration more, Optional<Trouble> why) {
            return new OnHost(actions, now, took.plus(more), trouble.or(() -> why), takenBack, notTakenBack);
        }

        OnHost undone(Optional<Trouble> why) {
            return new OnHost(actions, reached, took, trouble, true, notTakenBack.or(() -> why));
        }
    }

    /**
     * What did not work.
     *
     * @param action in one line
     */
    public record Trouble(String action, Failure failure) {}

    public StepResult {
        hosts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(hosts));
    }
}
