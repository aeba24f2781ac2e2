package dev.runbook.node.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Answer;
import dev.runbook.model.Attributes;
import dev.runbook.model.Connection.Become;
import dev.runbook.model.Probe;
import dev.runbook.model.Query;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.RunProgram;
import dev.runbook.model.action.RunProgram.ProgramEffect;
import dev.runbook.node.Hashes;
import dev.runbook.node.Node;
import dev.runbook.node.NodeContractTest;
import dev.runbook.node.RetainedFolder;
import dev.runbook.node.shell.script.ShellSettings;
import dev.runbook.node.shell.wire.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node journal and programs of every node with a shell, seen on the disk of the machine that it is on: this one. */
public abstract class ShellJournalContract extends NodeContractTest {
    @TempDir
    protected Path temporary;

    /** An empty folder of that machine; set before a node is opened. */
    protected Path work = Path.of("/nonexistent");

    protected abstract Transport.Opener opener() throws Exception;

    @Override
    protected Node open() throws Exception {
        work = Files.createDirectories(temporary.resolve("work"));
        return openAnother();
    }

    /** Another controller's way to the same machine. */
    protected Node openAnother() throws Exception {
        return new ShellNode("cp1", "root", new Become.No(), opener(), settings(), NoMembers.INSTANCE);
    }

    protected ShellSettings settings() {
        return new ShellSettings(temporary + "/state", List.of(), Duration.ofSeconds(10), Duration.ofSeconds(3));
    }

    @Override
    protected String folder() {
        return work.toString();
    }

    @Override
    protected Attributes file(String mode) {
        var system = new com.sun.security.auth.module.UnixSystem();
        return new Attributes(mode, (int) system.getUid(), (int) system.getGid());
    }

    protected List<String> journal() throws IOException {
        var text = Files.readString(temporary.resolve("state/runs/" + RUN + "/journal"));
        return text.replace("\0", "").lines().map(String::strip).toList();
    }

    protected static RunProgram program(Duration deadline, String... argv) {
        return new RunProgram(List.of(argv), java.util.Optional.empty(), deadline, new ProgramEffect.Irreversible());
    }

    @Test
    void retainedArtifactsAreRemovedOnceUnused() throws Exception {
        var kept = work.resolve("data.runbook-" + RUN);
        done(new FileAction.MakeFolder(kept.toString(), file("0700")));
        Files.writeString(kept.resolve("db"), "x".repeat(100_000));
        var folders = List.of(kept.toString(), work + "/gone.runbook-" + RUN);
        assertThatThrownBy(() -> node.clean(RUN, folders)).hasMessageContaining("still holds the lock");
        node.release(claim(1, "me@here"));
        assertThatThrownBy(() -> node.clean(RUN, List.of(folder()))).hasMessageContaining("is no folder of run");

        try (var _ = Files.newInputStream(kept.resolve("db"))) {
            assertThat(node.clean(RUN, folders).getFirst().user())
                    .contains("process " + ProcessHandle.current().pid());
        }
        assertThat(kept.resolve("db")).exists();

        var remains = node.remains(RUN, folders);
        assertThat(remains)
                .extracting(RetainedFolder::path)
                .containsExactly(kept.toString(), temporary + "/state/runs/" + RUN);
        assertThat(remains.getFirst().bytes()).isBetween(100_000L, 200_000L);
        assertThat(remains.getFirst().user()).isEmpty();
        assertThat(node.clean(RUN, folders)).isEmpty();
        assertThat(kept).doesNotExist();
        assertThat(node.runs()).isEmpty();
        assertThat(work).exists();
    }

    @Test
    void theNodeKeepsAJournalOfItsOwn() throws Exception {
        done(
                new FileAction.MakeFolder(folder() + "/a", file("0700")),
                new Await(new Probe.PathPresent(folder() + "/a"), SOON, Direction.FORWARD),
                new FileAction.MovePath(folder() + "/a", folder() + "/b"));
        perform(new FileAction.MovePath(folder() + "/none", folder() + "/nowhere"));
        node.record(claim(1, "me@here"), "commit");
        assertThat(journal())
                .containsExactly(
                        "1 started 1 MakeFolder",
                        "1 done 1, started 3 MovePath",
                        "1 done 3",
                        "1 started 4 MovePath",
                        "1 refused 4",
                        "1 note commit");
        assertThat(Files.size(temporary.resolve("state/runs/" + RUN + "/journal")))
                .isEqualTo(1024 * 256);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.resolve("state/runs/" + RUN))))
                .isEqualTo("rwx------");
    }

    @Test
    void theOldFileIsKeptAsTheVeryInode() throws Exception {
        make(folder() + "/file", "old\n");
        Files.setPosixFilePermissions(work.resolve("file"), PosixFilePermissions.fromString("rw-r-----"));
        var inode = Files.getAttribute(work.resolve("file"), "unix:ino");
        var modified = Files.getLastModifiedTime(work.resolve("file"));
        var replace = replace("old\n", "new\n");
        done(replace);
        assertThat(Files.getAttribute(work.resolve("kept"), "unix:ino")).isEqualTo(inode);
        done(undo(replace));
        assertThat(Files.getAttribute(work.resolve("file"), "unix:ino")).isEqualTo(inode);
        assertThat(Files.getLastModifiedTime(work.resolve("file"))).isEqualTo(modified);
        assertThat(Files.getPosixFilePermissions(work.resolve("file"))).contains(PosixFilePermission.GROUP_READ);
        assertThat(ask(new Query.ListFolder(folder()))).isEqualTo(new Answer.Names(List.of("file")));
    }

    @Test
    void aReplacementCutOffAfterItsLinkIsContinuedOrUndone() throws Exception {
        make(folder() + "/file", "old\n");
        Files.createLink(work.resolve("kept"), work.resolve("file"));
        var replace = replace("old\n", "new\n");
        done(undo(replace));
        assertThat(ask(new Query.ListFolder(folder()))).isEqualTo(new Answer.Names(List.of("file")));
        Files.createLink(work.resolve("kept"), work.resolve("file"));
        done(replace);
        assertThat(read(folder() + "/file")).isEqualTo("new\n");
        assertThat(read(folder() + "/kept")).isEqualTo("old\n");
    }

    @Test
    void aFailedProgramReportsItsCodeAndItsLastOutput() {
        var ended = perform(program(SOON, "sh", "-c", "echo said; printf 'bad \\001 thing' >&2; exit 7"));
        assertThat(ended.getLast()).isInstanceOfSatisfying(ActionResult.Failed.class, failed -> {
            assertThat(failed.failure().exitCode()).hasValue(7);
            assertThat(failed.failure().summary()).isEqualTo("sh ended with status 7");
            assertThat(failed.failure().stderr()).isEqualTo("said\nbad \001 thing");
            assertThat(failed.failure().command())
                    .hasValueSatisfying(command -> assertThat(command).startsWith("sh -c"));
        });
    }

    @Test
    void noOutputOfAProgramIsTakenForOurs() throws Exception {
        var bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        Files.write(work.resolve("noise"), bytes);
        var ended = perform(program(SOON, "sh", "-c", "cat " + folder() + "/noise; exit 1"));
        assertThat(ended.getLast())
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.failure().stderr().length()).isBetween(1000, 4096));
        assertThat(ask(new Query.ReadText(folder() + "/noise", 1 << 20))).isInstanceOf(Answer.Refused.class);
        assertThat(ask(new Query.Digest(folder() + "/noise"))).isEqualTo(new Answer.Text(Hashes.sha256(bytes)));
    }

    @Test
    void aProgramIsEndedAtItsDeadline() {
        var ended = perform(program(Duration.ofSeconds(1), "sleep", "30"));
        assertThat(ended.getLast()).isInstanceOfSatisfying(ActionResult.Failed.class, failed -> {
            assertThat(failed.failure().summary()).contains("sleep did not end within 1 s");
            assertThat(failed.took()).isLessThan(Duration.ofSeconds(3));
        });
        done(new FileAction.MakeFolder(folder() + "/after", file("0700")));
    }

    @Test
    void theSameProgramUnderTheSameNumberRunsOnce() throws Exception {
        var action = program(SOON, "sh", "-c", "echo ran >>" + folder() + "/count");
        var batch = new dev.runbook.node.Batch(RUN, 1, 70, List.of(action));
        node.perform(batch, (index, result) -> {});
        assertThat(node.perform(batch, (index, result) -> {}).results().getFirst())
                .isInstanceOf(ActionResult.AlreadyDone.class);
        assertThat(Files.readString(work.resolve("count"))).isEqualTo("ran\n");
    }

    @Test
    void cancelEndsTheProgramAndBeginsNoMore() throws Exception {
        var started = System.nanoTime();
        var cancel = Thread.ofVirtual().start(() -> {
            Pauses.until(() -> Files.exists(work.resolve("begun")));
            node.cancel();
        });
        var ended = perform(
                program(SOON, "sh", "-c", "touch " + folder() + "/begun; sleep 30"),
                new FileAction.MakeFolder(folder() + "/after", file("0700")));
        cancel.join();
        assertThat(ended).hasSize(1);
        assertThat(ended.getLast())
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.failure().summary()).contains("cancelled"));
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(8));
        assertThat(there(folder() + "/after")).isFalse();
        // The next batch is another matter.
        done(new FileAction.MakeFolder(folder() + "/after", file("0700")));
    }

    @Test
    void cancelEndsAWait() {
        Thread.ofVirtual().start(() -> {
            Pauses.of(Duration.ofMillis(500));
            node.cancel();
        });
        var ended = perform(new Await(new Probe.PathAbsent(folder()), SOON, Direction.FORWARD));
        assertThat(ended.getLast()).isInstanceOf(ActionResult.Failed.class);
        assertThat(ended.getLast().took()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aTakeoverEndsWhatTheOlderControllerLeftRunning() throws Exception {
        var older = Thread.ofVirtual()
                .start(() -> perform(program(
                        SOON, "sh", "-c", "touch " + folder() + "/begun; sleep 19; touch " + folder() + "/late")));
        Pauses.until(() -> Files.exists(work.resolve("begun")));
        try (var newer = openAnother()) {
            newer.claim(claim(2, "you@there"));
            older.join(Duration.ofSeconds(5));
            assertThat(older.isAlive()).isFalse();
        }
        assertThat(work.resolve("late")).doesNotExist();
    }
}
