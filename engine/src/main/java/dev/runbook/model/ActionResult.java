package dev.runbook.model;

import java.time.Duration;
import java.util.Optional;

/** What became of one action on one node. */
public sealed interface ActionResult {
    Duration took();

    /**
     * It is so now.
     *
     * @param note for the operator: a part of it that could not be told
     */
    record Done(Duration took, Optional<String> note) implements ActionResult {
        public Done(Duration took) {
            this(took, Optional.empty());
        }
    }

    /** It was so already; nothing was touched. */
    record AlreadyDone(Duration took) implements ActionResult {}

    /** The node was in a state that is neither before nor after, so nothing was touched. */
    record Refused(Failure failure, Duration took) implements ActionResult {}

    /**
     * Nothing was touched, and nothing is known of the state: the node could not be reached before anything was sent, or
     * the batch was cancelled.
     */
    record Barred(Failure failure, Duration took) implements ActionResult {}

    /**
     * The node's lock is not this controller's any more, so it may do nothing there; a wait or a program that was at work
     * was given up. Never in a journal: the journal is another controller's by then.
     */
    record Fenced(Failure failure, Duration took) implements ActionResult {}

    /** It was tried and did not work. The effect may be there in part. */
    record Failed(Failure failure, Duration took) implements ActionResult {}

    /** The link was lost, or the deadline passed with no word: whether it happened is not known. */
    record InDoubt(Failure failure, Duration took) implements ActionResult {}

    /** The batch ended before its turn came. */
    record NotBegun() implements ActionResult {
        @Override
        public Duration took() {
            return Duration.ZERO;
        }
    }

    /** Why it did not work; empty when it did, and when it was never begun. */
    default Optional<Failure> why() {
        return switch (this) {
            case Done _, AlreadyDone _, NotBegun _ -> Optional.empty();
            case Refused refused -> Optional.of(refused.failure());
            case Barred barred -> Optional.of(barred.failure());
            case Fenced fenced -> Optional.of(fenced.failure());
            case Failed failed -> Optional.of(failed.failure());
            case InDoubt inDoubt -> Optional.of(inDoubt.failure());
        };
    }

    /** The same result with another duration. */
    default ActionResult took(Duration time) {
        return switch (this) {
            case Done done -> new Done(time, done.note());
            case AlreadyDone _ -> new AlreadyDone(time);
            case Refused refused -> new Refused(refused.failure(), time);
            case Barred barred -> new Barred(barred.failure(), time);
            case Fenced fenced -> new Fenced(fenced.failure(), time);
            case Failed failed -> new Failed(failed.failure(), time);
            case InDoubt doubt -> new InDoubt(doubt.failure(), time);
            case NotBegun notBegun -> notBegun;
        };
    }

    default boolean succeeded() {
        return this instanceof Done || this instanceof AlreadyDone;
    }
}
