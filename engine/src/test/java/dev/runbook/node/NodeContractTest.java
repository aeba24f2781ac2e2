package dev.runbook.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Answer;
import dev.runbook.model.Probe;
import dev.runbook.model.Query;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.FileAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every node does, seen through its own questions alone. */
public abstract class NodeContractTest extends FileActionContract {
    @Test
    void aBatchStopsAtTheFirstThatDoesNotSucceed() throws Exception {
        var ended = perform(
                new FileAction.MakeFolder(folder() + "/one", file("0700")),
                new FileAction.MovePath(folder() + "/none", folder() + "/nowhere"),
                new FileAction.MakeFolder(folder() + "/three", file("0700")));
        assertThat(ended).hasSize(2);
        assertThat(ended.getFirst().succeeded()).isTrue();
        assertThat(there(folder() + "/three")).isFalse();
        done(new FileAction.MakeFolder(folder() + "/three", file("0700")));
    }

    @Test
    void aWaitEndsWhenItHoldsOrAtItsDeadline() {
        var second = Duration.ofSeconds(1);
        done(new Await(new Probe.PathPresent(folder()), second, Direction.FORWARD));
        var ended = perform(new Await(new Probe.PathAbsent(folder()), second, Direction.FORWARD));
        assertThat(ended.getLast())
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.failure().summary()).contains("waited ", " s", "it is there"));
    }

    @Test
    void probesTellWhatTheyFound() throws Exception {
        assertThat(node.check(new Probe.PathPresent(folder()), SOON)).isEqualTo(new ProbeResult.Holds());
        assertThat(node.check(new Probe.PathAbsent(folder()), SOON))
                .isEqualTo(new ProbeResult.DoesNotHold("it is there"));
        assertThat(node.check(new Probe.LockFree(folder() + "/no-db"), SOON)).isEqualTo(new ProbeResult.Holds());
    }

    @Test
    void aLockIsHeldAgainstOthersAndTakenOverByItsOwnRun() throws Exception {
        assertThat(node.claim(claim(1, "me@here"))).isEqualTo(new ClaimResult.Granted());
        var other = new Claim("other-run", 1, "you@there", Instant.EPOCH);
        assertThat(node.claim(other)).isEqualTo(new ClaimResult.HeldBy(claim(1, "me@here")));
        assertThat(node.claim(claim(2, "you@there"))).isEqualTo(new ClaimResult.Granted());
        assertThat(node.claim(claim(1, "me@here"))).isEqualTo(new ClaimResult.HeldBy(claim(2, "you@there")));

        fenced(new FileAction.MakeFolder(folder() + "/late", file("0700")), "taken over by you@there");
        assertThat(there(folder() + "/late")).isFalse();
        assertThat(performAs(2, new FileAction.MakeFolder(folder() + "/late", file("0700")))
                        .getLast()
                        .succeeded())
                .isTrue();
    }

    /** It slept while another one took over, and is told so without the other one noticing anything. */
    @Test
    void aControllerThatWasTakenOverDisturbsNothing() throws Exception {
        done(new FileAction.MakeFolder(folder() + "/one", file("0700")));
        assertThat(node.claim(claim(2, "you@there"))).isEqualTo(new ClaimResult.Granted());
        assertThat(performAs(2, new FileAction.MakeFolder(folder() + "/two", file("0700")))
                        .getLast()
                        .succeeded())
                .isTrue();
        var records = node.readJournal(RUN).records();

        fenced(new FileAction.MakeFolder(folder() + "/late", file("0700")), "taken over by you@there");
        node.release(claim(1, "me@here"));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> node.keep(claim(1, "me@here"), "plan", "late"))
                .isInstanceOf(NodeUnreachable.class);

        assertThat(node.readJournal(RUN).records()).isEqualTo(records);
        assertThat(node.readJournal(RUN).holder()).isEqualTo(java.util.Optional.of(claim(2, "you@there")));
        assertThat(node.kept(RUN, "plan")).isEmpty();
        assertThat(performAs(2, new FileAction.MakeFolder(folder() + "/three", file("0700")))
                        .getLast()
                        .succeeded())
                .isTrue();
        assertThat(there(folder() + "/late")).isFalse();
    }

    @Test
    void aNodeReportsABatchWhoseConnectionWasLost() throws Exception {
        var actions = List.<Action>of(
                new FileAction.MakeFolder(folder() + "/one", file("0700")),
                new FileAction.MakeFolder(folder() + "/two", file("0700")));
        var batch = new Batch(RUN, 1, 500, actions);
        node.perform(batch, (index, result) -> {});
        var records = node.settle(batch).records();
        assertThat(records.stream().filter(record -> record.kind() == NodeRecord.Kind.STARTED))
                .extracting(NodeRecord::number)
                .containsExactly(500L, 501L);
        assertThat(records.getLast()).isEqualTo(new NodeRecord(1, NodeRecord.Kind.DONE, 501, ""));
        // Nothing is at work any more, and the next batch begins.
        alreadyDone(new FileAction.MakeFolder(folder() + "/one", file("0700")));
    }

    @Test
    void aNodeReportsItsJournalAndKeepsTexts() throws Exception {
        done(new FileAction.MakeFolder(folder() + "/one", file("0700")));
        alreadyDone(new FileAction.MakeFolder(folder() + "/one", file("0700")));
        refused(new FileAction.MovePath(folder() + "/none", folder() + "/nowhere"), "neither");
        node.record(claim(1, "me@here"), "commit");
        var story = node.readJournal(RUN);
        assertThat(story.records().stream().map(NodeRecord::kind))
                .containsExactly(
                        NodeRecord.Kind.STARTED,
                        NodeRecord.Kind.DONE,
                        NodeRecord.Kind.STARTED,
                        NodeRecord.Kind.ALREADY,
                        NodeRecord.Kind.STARTED,
                        NodeRecord.Kind.REFUSED,
                        NodeRecord.Kind.NOTE);
        assertThat(story.noted("commit")).isTrue();
        assertThat(story.rebooted()).isFalse();
        assertThat(node.kept(RUN, "plan")).isEmpty();
        node.keep(claim(1, "me@here"), "plan", ODD);
        node.keep(claim(1, "me@here"), "plan", ODD + " again\n");
        assertThat(node.kept(RUN, "plan")).contains(ODD + " again\n");
        assertThat(node.runs()).contains(RUN);
    }

    @Test
    void aReleasedLockIsFree() throws Exception {
        node.record(claim(1, "me@here"), "commit");
        node.release(claim(1, "me@here"));
        node.release(claim(1, "me@here"));
        fenced(new FileAction.MakeFolder(folder() + "/late", file("0700")), "not held");
        var other = new Claim("other-run", 1, "you@there", Instant.EPOCH);
        assertThat(node.claim(other)).isEqualTo(new ClaimResult.Granted());
        node.release(other);
    }

    @Test
    void whatIsNotThereIsMissing() throws Exception {
        var none = folder() + "/none";
        assertThat(node.ask(
                        List.of(
                                new Query.Stat(none),
                                new Query.ReadText(none, 10),
                                new Query.ListFolder(none),
                                new Query.TreeSize(none),
                                new Query.Digest(none)),
                        SOON))
                .containsOnly(new Answer.Missing())
                .hasSize(5);
    }

    @Test
    void whatIsThereIsReported() throws Exception {
        make(folder() + "/file", "12345\n");
        assertThat(ask(new Query.ReadText(folder() + "/file", 5))).isInstanceOf(Answer.Refused.class);
        assertThat(ask(new Query.ReadText(folder() + "/file", 6))).isEqualTo(new Answer.Text("12345\n"));
        assertThat(ask(new Query.Digest(folder() + "/file"))).isEqualTo(new Answer.Text(Hashes.sha256("12345\n")));
        assertThat(ask(new Query.ListFolder(folder()))).isEqualTo(new Answer.Names(List.of("file")));
        assertThat(ask(new Query.FreeSpace(folder() + "/a/b/c"))).isInstanceOf(Answer.Bytes.class);
        assertThat(ask(new Query.WhoAmI()))
                .isInstanceOfSatisfying(
                        Answer.Identity.class, who -> assertThat(who.hostname()).isNotEmpty());
        assertThat(ask(new Query.Stat(folder() + "/file"))).isInstanceOfSatisfying(Answer.PathInfo.class, info -> {
            assertThat(info.kind()).isEqualTo(Answer.Kind.FILE);
            assertThat(info.size()).isEqualTo(6);
            assertThat(info.attributes()).isEqualTo(file("0600"));
        });
    }
}
