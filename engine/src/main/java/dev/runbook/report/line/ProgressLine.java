package dev.runbook.report.line;

import dev.runbook.step.Doc;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Lines about what lasts: no event of a run, so they are in no journal. */
public sealed interface ProgressLine extends Line {
    @Doc("What is waited for now: for each host every 10 s, and once more when the wait nears its deadline.")
    record Waiting(
            Instant at,

            @Doc("Absent when all hosts are waited for.") Optional<String> host,

            @Doc("From 1; absent outside of steps.") OptionalInt step,

            @Doc("Among the step's actions on this host, from 1; in a rollback the one that is undone.")
            OptionalInt action,

            @Doc("Whether a rollback waits.") boolean undo,

            @Doc("In the present, such as waiting for etcd to stop.")
            String what,

            @Doc("Seconds since it was begun.") double took,

            @Doc("Seconds after which it fails; absent when it has no deadline.")
            Optional<Double> deadline,

            @Doc("Whether three quarters of the deadline have passed.")
            boolean nearsDeadline,

            @Doc("What was found last; values that look like secrets are masked.")
            Optional<String> seen,

            @Doc("Seconds without an API so far; absent while it is there.")
            Optional<Double> outage)
            implements ProgressLine {}

    @Doc("How much of a file has been moved: for each host every 10 s.")
    record Transfer(
            Instant at,
            String host,
            @Doc("From 1.") int step,

            @Doc("Among the step's actions on this host, from 1.")
            int action,

            @Doc("In the present, such as sending snapshot.db.")
            String what,

            @Doc("Seconds since it was begun.") double took,
            @Doc("Seconds after which it fails.") double deadline,

            @Doc("Whether three quarters of the deadline have passed.")
            boolean nearsDeadline,

            @Doc("Moved so far.") long bytes,
            @Doc("Absent when it is not known.") OptionalLong total,

            @Doc("Over the last seconds; absent right after the begin.")
            OptionalLong bytesPerSecond)
            implements ProgressLine {}
}
