package dev.runbook.report;

import dev.runbook.journal.RunEvent;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Attributes;
import dev.runbook.model.Failure;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.ServiceAction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Events of a run that succeeds, and of one that fails and is rolled back but for one action. */
final class SampleRuns {
    private SampleRuns() {}

    private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");
    static final Failure FAILURE = new Failure(
            "it ended with status 1",
            Optional.of("systemctl stop etcd"),
            OptionalInt.of(1),
            "Failed to stop\nsee journal");
    private static final Action WAIT_BACK =
            new Await(new Probe.UnitActive("etcd.service"), Duration.ofMinutes(2), Direction.BACKWARD);
    private static final Action STOP = new ServiceAction.StopUnit("etcd.service");
    private static final Action MAKE = new FileAction.MakeFolder("/etc/run", Attributes.PRIVATE_FOLDER);

    private static Instant at(double seconds) {
        return BEGIN.plusMillis((long) (seconds * 1000));
    }

    private static ActionResult done(double seconds) {
        return new ActionResult.Done(Duration.ofMillis((long) (seconds * 1000)));
    }

    private static RunEvent intended(double seconds, int step, String name, List<Action> actions) {
        return new RunEvent.StepIntended(
                at(seconds), step, name, "stop-etcd", new TreeMap<>(Map.of("etcd1", actions, "etcd2", actions)));
    }

    private static RunEvent ended(double seconds, int step, String host, int index, ActionResult result) {
        return new RunEvent.ActionEnded(at(seconds), step, host, index, result);
    }

    private static List<RunEvent> begun() {
        return new ArrayList<>(List.of(
                new RunEvent.RunBegan(
                        at(0),
                        "20260102-030405-abcd",
                        "Restore",
                        List.of("etcd1", "etcd2"),
                        1,
                        new RunEvent.Call("restore.yml", List.of(), Map.of(), "/artifacts")),
                intended(0, 0, "Make folders", List.of(MAKE)),
                ended(0.1, 0, "etcd1", 0, done(0.1)),
                ended(0.2, 0, "etcd2", 0, new ActionResult.AlreadyDone(Duration.ofMillis(200))),
                new RunEvent.StepEnded(at(0.3), 0),
                intended(0.3, 1, "Stop every member", List.of(WAIT_BACK, STOP)),
                ended(0.3, 1, "etcd1", 0, done(0)),
                ended(0.3, 1, "etcd2", 0, done(0))));
    }

    static List<RunEvent> succeeding() {
        var events = begun();
        events.addAll(List.of(
                ended(4.3, 1, "etcd1", 1, done(4)),
                ended(5.3, 1, "etcd2", 1, done(5)),
                new RunEvent.StepEnded(at(5.4), 1),
                new RunEvent.CommitBegan(at(5.4), 2),
                new RunEvent.Committed(at(5.5), 2),
                intended(5.5, 3, "Nothing", List.of()),
                new RunEvent.StepEnded(at(5.5), 3),
                new RunEvent.RunEnded(at(5.6), RunEvent.Ending.SUCCEEDED)));
        return events;
    }

    static List<RunEvent> failing() {
        var events = begun();
        events.addAll(List.of(
                ended(2.3, 1, "etcd2", 1, new ActionResult.Failed(FAILURE, Duration.ofSeconds(2))),
                ended(
                        3.3,
                        1,
                        "etcd1",
                        1,
                        new ActionResult.InDoubt(Failure.of("the connection is lost"), Duration.ofSeconds(3))),
                new RunEvent.RollbackBegan(
                        at(3.4),
                        new RunEvent.Cause.ActionFailed(1, "Stop every member", "etcd2", "stop etcd.service", FAILURE)),
                new RunEvent.StepUndoBegan(at(3.4), 1, List.of("etcd1", "etcd2")),
                new RunEvent.UndoEnded(at(4), 1, "etcd1", 1, new ActionResult.Failed(FAILURE, Duration.ofSeconds(1))),
                new RunEvent.UndoEnded(at(4), 1, "etcd1", 0, new ActionResult.NotBegun()),
                new RunEvent.UndoEnded(at(4), 1, "etcd2", 1, done(1)),
                new RunEvent.UndoEnded(at(5), 1, "etcd2", 0, done(1)),
                new RunEvent.StepUndoBegan(at(5), 0, List.of("etcd2")),
                new RunEvent.RunEnded(at(5.6), RunEvent.Ending.STUCK)));
        return events;
    }
}
