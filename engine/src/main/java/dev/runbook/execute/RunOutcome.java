package dev.runbook.execute;

import dev.runbook.journal.RunEvent.Cause;
import dev.runbook.model.Failure;
import java.util.List;

/** How a run ended. */
public sealed interface RunOutcome {
    /** All steps done, and proven where a step proves. */
    record Succeeded() implements RunOutcome {}

    /** An action failed before the commit, and everything is as it was. */
    record RolledBack(Cause cause) implements RunOutcome {}

    /** Manual intervention is required. */
    record Stuck(Cause cause, boolean committed, List<Leftover> leftovers) implements RunOutcome {
        public Stuck {
            leftovers = List.copyOf(leftovers);
        }
    }

    /** Stopped in the middle on request; nothing was rolled back. */
    record Interrupted(Cause cause) implements RunOutcome {}

    /**
     * Another controller has the run now, or its locks were released: this one stopped at once, and nothing is known here
     * of what follows.
     *
     * @param by who has the run now, and who says so
     */
    record TakenOver(String by) implements RunOutcome {}

    /** The operator has to decide on programs that may have run and must not be repeated on a guess; nothing was done. */
    record Undecided(List<InDoubtAction> inDoubtActions) implements RunOutcome {
        public Undecided {
            inDoubtActions = List.copyOf(inDoubtActions);
        }
    }

    /** Another run has a host, or one could not be reached: nothing was done. */
    record NotBegun(List<Leftover> reasons) implements RunOutcome {
        public NotBegun {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * What is left to do on a host.
     *
     * @param what the action that did not work
     */
    record Leftover(String host, String step, String what, Failure failure) {}
}
