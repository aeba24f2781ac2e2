package dev.runbook.node.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Answer;
import dev.runbook.model.Connection.Become;
import dev.runbook.model.Probe;
import dev.runbook.model.Query;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.TransferAction;
import dev.runbook.node.Hashes;
import dev.runbook.node.shell.script.ShellSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every node with a shell does, seen on the disk of the machine that it is on: this one. */
@Timeout(60)
public abstract class ShellNodeContractTest extends ShellJournalContract {
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
    void aWaitSaysWhatItFindsAndEndsAsOneThatSaysNothing() throws Exception {
        var flag = work.resolve("flag");
        var first = new Await(new Probe.PathPresent(flag.toString()), SOON, Direction.FORWARD);
        var then = new FileAction.MakeFolder(folder() + "/then", file("0700"));
        var flagged = Thread.ofVirtual().start(() -> {
            Pauses.until(() -> !seen.isEmpty());
            write(flag);
        });
        var results = perform(first, then);
        flagged.join();
        assertThat(results).allMatch(ActionResult::succeeded).hasSize(2);
        assertThat(seen).containsExactly("it is not there");
        assertThat(work.resolve("then")).isDirectory();
        // What was said is no part of why a wait fails, either.
        var vain = new Await(new Probe.PathPresent(work + "/no-such"), Duration.ofSeconds(3), Direction.FORWARD);
        assertThat(perform(vain).getLast())
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.failure().summary()).matches("waited [0-9]+ s: it is not there"));
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileIsSentOnceAndFetched() throws Exception {
        var bytes = new byte[3_000_001];
        new Random(2).nextBytes(bytes);
        var source = Files.write(temporary.resolve("source"), bytes);
        var send = new TransferAction.SendFile(
                source, folder() + "/it's sent", bytes.length, Hashes.sha256(bytes), file("0600"));
        done(send);
        assertThat(moved).isSorted().endsWith((long) bytes.length).hasSizeGreaterThan(1);
        moved.clear();
        alreadyDone(send);
        assertThat(Files.readAllBytes(work.resolve("it's sent"))).isEqualTo(bytes);
        var fetch = new TransferAction.FetchFile(send.path(), temporary.resolve("fetched"), SOON);
        done(fetch);
        assertThat(moved).isSorted().endsWith((long) bytes.length).hasSizeGreaterThan(1);
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
