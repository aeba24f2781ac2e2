package dev.runbook.node.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.RunProgram;
import dev.runbook.model.action.RunProgram.ProgramEffect;
import dev.runbook.model.action.TransferAction;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.shell.Pauses;
import dev.runbook.node.shell.ShellNodeContractTest;
import dev.runbook.node.shell.wire.Transport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over a real sshd, and what happens when that is cut. */
class SshNodeTest extends ShellNodeContractTest {
    @TempDir
    static Path folder;

    private static TestSshd sshd;

    @BeforeAll
    static void start() throws Exception {
        sshd = TestSshd.start(folder.resolve("sshd"));
    }

    @AfterAll
    static void stop() {
        sshd.close();
    }

    @Override
    protected Transport.Opener opener() {
        var connector = new SshConnector(sshd.settings());
        return () -> connector.connect("cp1", sshd.connection());
    }

    @Test
    void aLinkThatIsCutLeavesTheActionInDoubtAndTheNextCallConnectsAnew() throws Exception {
        Thread.ofVirtual().start(() -> {
            Pauses.until(() -> Files.exists(work.resolve("first")));
            Pauses.of(Duration.ofMillis(300));
            sshd.cutSessions();
        });
        var ended = perform(
                new FileAction.MakeFolder(folder() + "/first", file("0700")),
                new Await(new Probe.PathPresent(folder() + "/never"), SOON, Direction.FORWARD),
                new FileAction.MakeFolder(folder() + "/after", file("0700")));
        assertThat(ended).hasSize(2);
        assertThat(ended.getFirst().succeeded()).isTrue();
        assertThat(ended.getLast()).isInstanceOf(ActionResult.InDoubt.class);
        assertThat(ended.getLast().took()).isLessThan(Duration.ofSeconds(5));
        done(new FileAction.MakeFolder(folder() + "/again", file("0700")));
        assertThat(work.resolve("after")).doesNotExist();
    }

    @Test
    void aLinkThatFallsSilentIsGivenUpLongBeforeTheDeadline() throws Exception {
        Thread.ofVirtual().start(() -> {
            Pauses.of(Duration.ofMillis(500));
            try {
                sshd.freezeSessions();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        var minutes = Duration.ofMinutes(3);
        var ended = perform(new Await(new Probe.PathPresent(folder() + "/never"), minutes, Direction.FORWARD));
        assertThat(ended.getLast()).isInstanceOf(ActionResult.InDoubt.class);
        assertThat(ended.getLast().took()).isLessThan(Duration.ofSeconds(15));
        done(new FileAction.MakeFolder(folder() + "/again", file("0700")));
        sshd.cutSessions();
    }

    @Test
    void aTransferCanBeCancelled() throws Exception {
        var source = temporary.resolve("large");
        try (var file = new RandomAccessFile(source.toFile(), "rw")) {
            file.setLength(2_000_000_000L);
        }
        Thread.ofVirtual().start(() -> {
            Pauses.until(() -> Files.exists(work.resolve("sent.part")));
            node.cancel();
        });
        var ended = perform(
                new TransferAction.SendFile(source, folder() + "/sent", 2_000_000_000L, "0".repeat(64), file("0600")));
        assertThat(ended.getLast()).isInstanceOf(ActionResult.Failed.class);
        assertThat(ended.getLast().took()).isLessThan(Duration.ofSeconds(10));
        done(new FileAction.MakeFolder(folder() + "/after", file("0700")));
    }

    @Test
    void aProgramContinuesWithoutTheConnectionAndIsNotRepeated() throws Exception {
        var script = "echo ran >>" + folder() + "/count; sleep 2; echo ended >>" + folder() + "/count";
        var action =
                new RunProgram(List.of("sh", "-c", script), Optional.empty(), SOON, new ProgramEffect.Irreversible());
        var batch = new dev.runbook.node.Batch(RUN, 1, 90, List.of(action));
        Thread.ofVirtual().start(() -> {
            Pauses.until(() -> Files.exists(work.resolve("count")));
            sshd.cutSessions();
        });
        assertThat(node.perform(batch, (index, result) -> {}).results().getLast())
                .isInstanceOf(ActionResult.InDoubt.class);
        assertThat(node.perform(batch, (index, result) -> {})
                        .results()
                        .getLast()
                        .succeeded())
                .isTrue();
        assertThat(Files.readString(work.resolve("count"))).isEqualTo("ran\nended\n");
    }

    @Test
    void aLostServerIsReportedAndItsReturnNoticed() throws Exception {
        sshd.stop();
        try {
            var thrown = catchThrowableOfType(NodeUnreachable.class, () -> ask(new dev.runbook.model.Query.WhoAmI()));
            assertThat(thrown).isNotNull();
            var refused = perform(new FileAction.MakeFolder(folder() + "/late", file("0700")))
                    .getLast();
            assertThat(refused)
                    .isInstanceOfSatisfying(
                            ActionResult.Barred.class,
                            failed -> assertThat(failed.failure().summary()).contains("cp1", "127.0.0.1"));
        } finally {
            sshd.startAgain();
        }
        done(new FileAction.MakeFolder(folder() + "/late", file("0700")));
    }
}
