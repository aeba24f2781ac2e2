package dev.runbook.node.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

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
import dev.runbook.model.action.TransferAction;
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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every node with a shell does, seen on the disk of the machine that it is on: this one. */
@Timeout(60)
public abstract class ShellNodeContractTest extends NodeContractTest {
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

    private List<String> journal() throws IOException {
        var text = Files.readString(temporary.resolve("state/runs/" + RUN + "/journal"));
        return text.replace("\0", "").lines().map(String::strip).toList();
    }

    private static RunProgram program(Duration deadline, String... argv) {
        return new RunProgram(List.of(argv), java.util.Optional.empty(), deadline, new ProgramEffect.Irreversible());
    }

    @Test
    void whatAFinishedRunKeptIsRemovedOnceNobodyNeedsIt() throws Exception {
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
    void aReplacementThatGotAsFarAsTheLinkGoesOnOrBack() throws Exception {
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
    void aFailedProgramTellsItsCodeAndItsLastWords() {
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

    @Test
    void aLockThatAProcessHoldsIsNotFree() throws Exception {
        Files.writeString(work.resolve("db"), "");
        var holder = new ProcessBuilder(
                        "flock", "-F", work + "/db", "sh", "-c", "touch " + work + "/held; exec sleep 30")
                .start();
        try {
            Pauses.until(() -> Files.exists(work.resolve("held")));
            var probe = new Probe.LockFree(work + "/db");
            assertThat(node.check(probe, SOON)).isInstanceOf(dev.runbook.node.ProbeResult.DoesNotHold.class);
            holder.destroy();
            done(new Await(probe, SOON, Direction.FORWARD));
        } finally {
            holder.destroy();
        }
        assertThat(node.check(new Probe.LockFree(work + "/no-such"), SOON))
                .isEqualTo(new dev.runbook.node.ProbeResult.Holds());
        assertThat(work.resolve("no-such")).doesNotExist();
    }

    @Test
    void aFileIsSentOnceAndFetched() throws Exception {
        var bytes = new byte[3_000_001];
        new Random(2).nextBytes(bytes);
        var source = Files.write(temporary.resolve("source"), bytes);
        var send = new TransferAction.SendFile(
                source, folder() + "/it's sent", bytes.length, Hashes.sha256(bytes), file("0600"));
        done(send);
        alreadyDone(send);
        assertThat(Files.readAllBytes(work.resolve("it's sent"))).isEqualTo(bytes);
        var fetch = new TransferAction.FetchFile(send.path(), temporary.resolve("fetched"), SOON);
        done(fetch);
        alreadyDone(fetch);
        assertThat(Arrays.equals(Files.readAllBytes(temporary.resolve("fetched")), bytes))
                .isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.resolve("fetched"))))
                .isEqualTo("rw-------");
        // What is there on this machine is never overwritten, and folders are made where there is none.
        var deep = new TransferAction.FetchFile(send.path(), temporary.resolve("of/this/host"), SOON);
        done(deep);
        Files.writeString(deep.target(), "the operator's own");
        refused(deep, "another content");
        assertThat(deep.target()).hasContent("the operator's own");
        assertThat(deep.target().resolveSibling("host.part")).doesNotExist();
        var other =
                new TransferAction.SendFile(source, send.path(), bytes.length, Hashes.sha256("other"), file("0600"));
        refused(other, "another content");
        refused(new TransferAction.FetchFile(folder() + "/none", temporary.resolve("none"), SOON), "not there");
    }

    @Test
    void aFileThatArrivesOtherThanItWasIsNotTaken() throws Exception {
        var source = Files.writeString(temporary.resolve("source"), "text");
        var ended = perform(
                new TransferAction.SendFile(source, folder() + "/sent", 4, Hashes.sha256("other"), file("0600")));
        assertThat(ended.getLast()).isInstanceOf(ActionResult.Failed.class);
        assertThat(work.resolve("sent")).doesNotExist();
    }

    @Test
    void aFullDiskLeavesTheOldFileAndStopsNoUndo() throws Exception {
        var small = Files.createDirectories(temporary.resolve("small"));
        var mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=768k", "none", small.toString()).start();
        assumeThat(mount.waitFor()).as("a small file system can be mounted").isZero();
        var outside = node;
        try (var inside = new ShellNode(
                "cp1",
                "root",
                new Become.No(),
                opener(),
                new ShellSettings(small + "/state", List.of(), SOON, Duration.ofSeconds(3)),
                NoMembers.INSTANCE)) {
            node = inside;
            work = small;
            inside.claim(claim(1, "me@here"));
            make(folder() + "/file", "old\n");
            var replace = replace("old\n", "new\n");
            done(replace);
            fill(small.resolve("filler"));
            var large = new FileAction.ReplaceFile(
                    folder() + "/file", "x".repeat(100_000), file("0600"), Hashes.sha256("new\n"), folder() + "/kept2");
            assertThat(perform(large).getLast()).isInstanceOf(ActionResult.Failed.class);
            assertThat(Files.readString(small.resolve("file"))).isEqualTo("new\n");
            done(undo(replace));
            assertThat(Files.readString(small.resolve("file"))).isEqualTo("old\n");
        } finally {
            node = outside;
            new ProcessBuilder("umount", "-l", small.toString()).start().waitFor();
        }
    }

    private static void fill(Path path) throws IOException {
        try (var out = Files.newOutputStream(path)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("space");
        }
    }

    @Test
    void aMoveAcrossMountsIsRefused() throws Exception {
        var there = Files.createDirectories(work.resolve("there"));
        var here = Files.createDirectories(work.resolve("here"));
        // A bind mount has the same device number; rename(2) refuses all the same, and mv would copy.
        var mount = new ProcessBuilder("mount", "--bind", here.toString(), there.toString()).start();
        assumeThat(mount.waitFor()).as("a bind mount can be made").isZero();
        try {
            make(folder() + "/file", "x");
            refused(new FileAction.MovePath(folder() + "/file", there + "/file"), "different file systems or mounts");
            assertThat(read(folder() + "/file")).isEqualTo("x");
            assertThat(ask(new Query.Stat(there.toString())))
                    .isInstanceOfSatisfying(
                            Answer.PathInfo.class,
                            info -> assertThat(info.mountPoint()).isTrue());
        } finally {
            new ProcessBuilder("umount", there.toString()).start().waitFor();
        }
    }
}
