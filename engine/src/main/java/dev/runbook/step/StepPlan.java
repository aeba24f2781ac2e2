package dev.runbook.step;

import dev.runbook.model.Problem;
import dev.runbook.model.Question;
import dev.runbook.model.action.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plan of a step on one host. */
public sealed interface StepPlan {
    /**
     * The step can run.
     *
     * @param actions in order; when empty, {@code notes} say why the step does nothing here
     * @param outputs values by the names that the type declares: String, Long, Boolean or List of String
     * @param notes lines for the plan beside those of the actions
     * @param diffs of files that will change
     * @param commits whether the run can no longer roll back once this step is done on every host
     * @param question that the operator must answer with yes before the step begins, once for all hosts
     */
    record Planned(
            List<Action> actions,
            Map<String, Object> outputs,
            List<String> notes,
            List<FileDiff> diffs,
            List<Problem> warnings,
            boolean commits,
            Optional<Question> question)
            implements StepPlan {
        /** A plan without a question. */
        public Planned(
                List<Action> actions,
                Map<String, Object> outputs,
                List<String> notes,
                List<FileDiff> diffs,
                List<Problem> warnings,
                boolean commits) {
            this(actions, outputs, notes, diffs, warnings, commits, Optional.empty());
        }

        public Planned {
            actions = List.copyOf(actions);
            outputs = Map.copyOf(outputs);
            notes = List.copyOf(notes);
            diffs = List.copyOf(diffs);
            warnings = List.copyOf(warnings);
        }

        public static Planned of(List<Action> actions) {
            return new Planned(actions, Map.of(), List.of(), List.of(), List.of(), false);
        }

        public static Planned nothing(String note) {
            return new Planned(List.of(), Map.of(), List.of(note), List.of(), List.of(), false);
        }
    }

    /** The step cannot run here, so no step of the run may begin. */
    record Refused(List<Problem> problems) implements StepPlan {
        public Refused {
            problems = List.copyOf(problems);
        }

        public static Refused because(Problem problem) {
            return new Refused(List.of(problem));
        }
    }

    /** A file before and after the step, secrets masked. */
    record FileDiff(String path, String before, String after) {}
}
