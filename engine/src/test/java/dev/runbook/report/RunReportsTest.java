package dev.runbook.report;

import dev.runbook.Golden;
import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.RunEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Text reports of a run that succeeds, and of one that fails and is rolled back but for one action. */
class RunReportsTest {
    private static String shown(List<RunEvent> events) {
        var progress = new ProgressText(Style.PLAIN, 4);
        var timings = new Timings();
        var lines = new ArrayList<String>();
        lines.add("--- progress");
        events.forEach(event -> {
            timings.accept(event);
            lines.addAll(progress.lines(event));
        });
        lines.add("--- timings");
        lines.addAll(timings.lines());
        lines.add("--- afterwards");
        lines.addAll(new RunText(Style.PLAIN).lines("20260102-030405-abcd", events, JournalFile.fold(events)));
        return String.join("\n", lines) + "\n";
    }

    @Test
    void aRunThatSucceeds() throws IOException {
        Golden.assertMatches("report/succeeding.txt", shown(SampleRuns.succeeding()));
    }

    @Test
    void aRunThatFails() throws IOException {
        Golden.assertMatches("report/failing.txt", shown(SampleRuns.failing()));
    }

    @Test
    void leftoversAndCauses() throws IOException {
        var failures = new FailureText(Style.PLAIN);
        var lines = new ArrayList<String>();
        lines.addAll(failures.leftover(
                new RunOutcome.Leftover("etcd1", "Stop every member", "start etcd.service", SampleRuns.FAILURE)));
        lines.addAll(failures.cause(new RunEvent.Cause.HostLost(1, "Stop every member", "etcd1", "no route to host")));
        lines.addAll(failures.cause(new RunEvent.Cause.Requested("Ctrl-C")));
        Golden.assertMatches("report/failures.txt", String.join("\n", lines) + "\n");
    }
}
