package dev.runbook.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Answer;
import dev.runbook.model.Attributes;
import dev.runbook.model.Probe;
import dev.runbook.model.Query;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Compensation;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.FileAction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every node does, seen through its own questions alone. */
public abstract class NodeContractTest {
    protected static final Duration SOON = Duration.ofSeconds(20);
    protected static final String RUN = "test-run";
    private static final String ODD = "odd 'name'\nwith \"$(quotes)\" and *";

    protected Node node;
    private long number = 1;

    /** A node without a claim. */
    protected abstract Node open() throws Exception;

    /** An empty folder on it, for the test alone. */
    protected abstract String folder();

    /** What a new file may belong to: whoever does the work. */
    protected Attributes file(String mode) {
        return new Attributes(mode, 0, 0);
    }

    @BeforeEach
    void claimIt() throws Exception {
        node = open();
        assertThat(node.claim(claim(1, "me@here"))).isEqualTo(new ClaimResult.Granted());
    }

    @AfterEach
    void closeIt() {
        node.close();
    }

    protected static Claim claim(long epoch, String owner) {
        return new Claim(RUN, epoch, owner, Instant.parse("2026-01-01T00:00:00Z"));
    }

    protected List<ActionResult> perform(Action... actions) {
        return performAs(1, actions);
    }

    protected List<ActionResult> performAs(long epoch, Action... actions) {
        var batch = new Batch(RUN, epoch, number, List.of(actions));
        number += actions.length;
        var heard = new ArrayList<ActionResult>();
        var result = node.perform(batch, (index, ended) -> {
            assertThat(index).isEqualTo(heard.size());
            heard.add(ended);
        });
        assertThat(result.results()).isEqualTo(heard);
        return heard;
    }

    protected Answer ask(Query query) throws NodeUnreachable {
        return node.ask(List.of(query), SOON).getFirst();
    }

    protected String read(String path) throws NodeUnreachable {
        return ask(new Query.ReadText(path, 1 << 20)) instanceof Answer.Text(var text) ? text : "(no text)";
    }

    protected boolean there(String path) throws NodeUnreachable {
        return !(ask(new Query.Stat(path)) instanceof Answer.Missing);
    }

    protected void make(String path, String content) {
        done(new FileAction.CreateFile(path, content, file("0600"), folder() + "/aside"));
    }

    protected void done(Action... actions) {
        assertThat(perform(actions))
                .hasSize(actions.length)
                .allSatisfy(ended -> assertThat(ended).isInstanceOf(ActionResult.Done.class));
    }

    protected void alreadyDone(Action... actions) {
        assertThat(perform(actions))
                .hasSize(actions.length)
                .allSatisfy(ended -> assertThat(ended).isInstanceOf(ActionResult.AlreadyDone.class));
    }

    protected void refused(Action action, String... words) {
        assertThat(perform(action).getLast())
                .isInstanceOfSatisfying(
                        ActionResult.Refused.class,
                        refused -> assertThat(refused.failure().summary()).contains(words));
    }

    /** Not touched either, and for another reason than what stands there. */
    protected void barred(Action action, String... words) {
        assertThat(perform(action).getLast())
                .isInstanceOfSatisfying(
                        ActionResult.Barred.class,
                        barred -> assertThat(barred.failure().summary()).contains(words));
    }

    protected static Action[] undo(Action action) {
        return switch (action.compensation()) {
            case Compensation.By(var actions) -> actions.toArray(Action[]::new);
            case Compensation.Nothing _, Compensation.Impossible _ -> new Action[0];
        };
    }

    /** Done, done again, undone, undone again. */
    protected void everyWay(Action action) {
        done(action);
        alreadyDone(action);
        done(undo(action));
        alreadyDone(undo(action));
    }

    @Test
    void aFolderIsMadeAndRemoved() throws Exception {
        var path = folder() + "/new";
        everyWay(new FileAction.MakeFolder(path, file("0750")));
        done(new FileAction.MakeFolder(path, file("0750")));
        assertThat(ask(new Query.Stat(path))).isInstanceOfSatisfying(Answer.PathInfo.class, info -> {
            assertThat(info.kind()).isEqualTo(Answer.Kind.FOLDER);
            assertThat(info.attributes().mode()).isEqualTo("0750");
        });
    }

    @Test
    void aFolderThatHoldsSomethingStays() throws Exception {
        var path = folder() + "/new";
        done(new FileAction.MakeFolder(path, file("0700")));
        make(path + "/file", "x");
        alreadyDone(new FileAction.RemoveEmptyFolder(path));
        assertThat(read(path + "/file")).isEqualTo("x");
    }

    @Test
    void aFolderIsNotMadeOverAFileNorInANonexistentOne() throws Exception {
        make(folder() + "/file", "x");
        refused(new FileAction.MakeFolder(folder() + "/file", file("0700")), "/file", "no folder");
        refused(new FileAction.MakeFolder(folder() + "/no/such", file("0700")), "/no", "not there");
        refused(new FileAction.RemoveEmptyFolder(folder() + "/file"), "no folder");
        assertThat(read(folder() + "/file")).isEqualTo("x");
    }

    @Test
    void aPathIsMovedThereAndBack() throws Exception {
        make(folder() + "/from", "content");
        var move = new FileAction.MovePath(folder() + "/from", folder() + "/to");
        everyWay(move);
        done(move);
        assertThat(read(folder() + "/to")).isEqualTo("content");
        assertThat(there(folder() + "/from")).isFalse();
    }

    @Test
    void aMoveIsRefusedWhenBothOrNeitherAreThere() throws Exception {
        var move = new FileAction.MovePath(folder() + "/from", folder() + "/to");
        refused(move, "neither");
        make(folder() + "/from", "one");
        make(folder() + "/to", "two");
        refused(move, "both");
        assertThat(read(folder() + "/from") + read(folder() + "/to")).isEqualTo("onetwo");
    }

    @Test
    void oddNamesAreNamesLikeOthers() throws Exception {
        var odd = folder() + "/" + ODD;
        done(new FileAction.MakeFolder(odd, file("0700")));
        var create = new FileAction.CreateFile(odd + "/-n", "it's\n$HOME `id`\n\n", file("0640"), odd + "/aside");
        everyWay(create);
        done(new FileAction.MovePath(odd + "/aside", odd + "/-n"), new FileAction.MovePath(odd, odd + "2"));
        assertThat(read(odd + "2/-n")).isEqualTo("it's\n$HOME `id`\n\n");
        assertThat(ask(new Query.ListFolder(folder()))).isEqualTo(new Answer.Names(List.of(ODD + "2")));
    }

    @Test
    void aFileIsCreatedOnce() throws Exception {
        var create = new FileAction.CreateFile(folder() + "/file", "text\n", file("0640"), folder() + "/aside");
        everyWay(create);
        assertThat(read(folder() + "/aside")).isEqualTo("text\n");
        make(folder() + "/file", "of another program");
        refused(create, "another content");
        assertThat(read(folder() + "/file")).isEqualTo("of another program");
    }

    @Test
    void aFileIsReplacedAndPutBack() throws Exception {
        make(folder() + "/file", "old\n");
        var replace = replace("old\n", "new\n");
        done(replace);
        alreadyDone(replace);
        assertThat(read(folder() + "/file")).isEqualTo("new\n");
        assertThat(read(folder() + "/kept")).isEqualTo("old\n");
        done(undo(replace));
        alreadyDone(undo(replace));
        assertThat(read(folder() + "/file")).isEqualTo("old\n");
        assertThat(there(folder() + "/kept")).isFalse();
    }

    @Test
    void aFileIsPlacedOverAnotherAndTakenAway() throws Exception {
        make(folder() + "/file", "old\n");
        make(folder() + "/staged", "new\n");
        var place = new FileAction.PlaceFile(folder() + "/staged", folder() + "/file", folder() + "/kept");
        done(place);
        alreadyDone(place);
        assertThat(read(folder() + "/file")).isEqualTo("new\n");
        assertThat(read(folder() + "/kept")).isEqualTo("old\n");
        done(undo(place));
        alreadyDone(undo(place));
        assertThat(read(folder() + "/file")).isEqualTo("old\n");
        assertThat(read(folder() + "/staged")).isEqualTo("new\n");
    }

    @Test
    void aFileIsPlacedWhereNothingWasAndTakenAway() throws Exception {
        var place = new FileAction.PlaceFile(folder() + "/staged", folder() + "/file", folder() + "/kept");
        refused(place, "neither");
        make(folder() + "/staged", "new\n");
        done(place);
        assertThat(there(folder() + "/kept")).isFalse();
        done(undo(place));
        alreadyDone(undo(place));
        assertThat(there(folder() + "/file")).isFalse();
        assertThat(read(folder() + "/staged")).isEqualTo("new\n");
    }

    /** A controller that died before anything was staged does not know that: the earlier file is not ours to take. */
    @Test
    void aFileThatWasNeverPlacedStaysWhereItIs() throws Exception {
        make(folder() + "/file", "old\n");
        var place = new FileAction.PlaceFile(folder() + "/staged", folder() + "/file", folder() + "/kept");
        alreadyDone(undo(place));
        assertThat(read(folder() + "/file")).isEqualTo("old\n");
    }

    @Test
    void aFileThatIsNotTheOnePlannedForStays() throws Exception {
        make(folder() + "/file", "edited by hand\n");
        refused(replace("old\n", "new\n"), "/file", "SHA-256");
        assertThat(read(folder() + "/file")).isEqualTo("edited by hand\n");
        assertThat(there(folder() + "/kept")).isFalse();
    }

    protected FileAction.ReplaceFile replace(String before, String after) {
        return new FileAction.ReplaceFile(
                folder() + "/file", after, file("0600"), Hashes.sha256(before), folder() + "/kept");
    }

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
                        failed -> assertThat(failed.failure().summary()).contains("1 s", "it is there"));
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

        barred(new FileAction.MakeFolder(folder() + "/late", file("0700")), "taken over by you@there");
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

        barred(new FileAction.MakeFolder(folder() + "/late", file("0700")), "taken over by you@there");
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
    void aNodeTellsWhatItDidOfABatchThatNobodyHeardOf() throws Exception {
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
    void aNodeTellsWhatItDidAndKeepsWhatItIsGiven() throws Exception {
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
    void aLockThatWasGivenBackIsFree() throws Exception {
        node.record(claim(1, "me@here"), "commit");
        node.release(claim(1, "me@here"));
        node.release(claim(1, "me@here"));
        barred(new FileAction.MakeFolder(folder() + "/late", file("0700")), "not held");
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
    void whatIsThereIsTold() throws Exception {
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
