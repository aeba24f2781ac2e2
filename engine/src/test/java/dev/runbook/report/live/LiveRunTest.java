package dev.runbook.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.Golden;
import dev.runbook.journal.RunEvent;
import dev.runbook.model.Attributes;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.model.action.TransferAction;
import dev.runbook.report.Style;
import dev.runbook.report.line.LineWriter;
import dev.runbook.report.line.ProgressLineMapper;
import dev.runbook.report.outage.OutageForecast;
import dev.runbook.report.outage.OutagePhase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is shown of a run at which time: scenarios in, transcripts out. */
class LiveRunTest {
    static final Action STOP_UNIT = new ServiceAction.StopUnit("etcd.service");
    private static final Action GONE =
            new Await(new Probe.ContainerGone("etcd"), Duration.ofMinutes(2), Direction.FORWARD);
    private static final Action READY = new Await(
            new Probe.HttpsOk("192.0.2.11", 6443, "/readyz", Optional.empty()),
            Duration.ofMinutes(5),
            Direction.FORWARD);
    private static final Action STOP_API = new ContainerAction.StopContainers(
            "kubelet.service", List.of("kube-apiserver", "kube-scheduler"), Duration.ofSeconds(5), Direction.FORWARD);
    private static final Action SEND = new TransferAction.SendFile(
            Path.of("/here/snapshot.db"), "/there/snapshot.db", 135_000_000, "ab", Attributes.PRIVATE_FILE);

    @Test
    void oneHostIsSlowToStop() throws IOException {
        var transcript = new LiveTranscript();
        transcript
                .run()
                .predict(Optional.of(new OutageForecast(
                        Map.of(
                                OutagePhase.STOP_API,
                                Duration.ofSeconds(6),
                                OutagePhase.START_API,
                                Duration.ofSeconds(11)),
                        Optional.empty())));
        transcript.plan().at(0.2).step(0, "stop-apiserver", "cp1", "cp2");
        transcript
                .begins(0, "cp1", 0, STOP_API)
                .begins(0, "cp2", 0, STOP_API)
                .at(0.5)
                .shown();
        transcript
                .at(1.5)
                .sees("cp1", "told to stop: kube-apiserver kube-scheduler; killed after 5 s")
                .shown();
        transcript.at(5.8).done(0, "cp1", 0).at(6).done(0, "cp2", 0).shown();
        transcript.event(new RunEvent.StepEnded(transcript.instant(), 0)).shown();
        transcript.at(6.1).step(1, "stop-etcd", "cp1", "cp2", "etcd3").shown();
        List.of("cp1", "cp2", "etcd3").forEach(host -> transcript.begins(1, host, 0, GONE));
        transcript.at(6.3).done(1, "cp1", 0).done(1, "cp2", 0);
        transcript
                .at(10.1)
                .sees("etcd3", "container 5be0c1d2e3f4 runs\n")
                .shown()
                .shown(60, 10)
                .shown(40, 10);
        transcript.at(97).shown();
        transcript.at(126).failed(1, "etcd3", 0).shown();
        Golden.assertMatches("report/live/slow-to-stop.txt", transcript.toString());
    }

    @Test
    void aLogHearsOfEachWaitEveryTenSecondsAndBeforeItFails() throws IOException {
        var transcript =
                new LiveTranscript().plan().step(0, "stop-apiserver", "cp1").at(0.5);
        transcript
                .step(1, "stop-etcd", "cp1", "cp2")
                .begins(1, "cp1", 0, STOP_UNIT)
                .begins(1, "cp2", 0, GONE);
        transcript
                .logged(4)
                .done(1, "cp1", 0)
                .sees("cp2", "container 5be0 runs")
                .logged(118);
        Golden.assertMatches("report/live/log.txt", transcript.toString());
    }

    @Test
    void bytesMoveAndStall() throws IOException {
        var transcript = new LiveTranscript().step(0, "restore", "m1").begins(0, "m1", 2, SEND);
        for (int quarter = 1; quarter <= 20; quarter++) {
            transcript.at(quarter / 4.0).run().transferred("m1", quarter * 3_000_000L, OptionalLong.of(135_000_000));
        }
        transcript.at(5.1).shown().shown(50, 10).at(8).shown().at(11).shown().logged(25);
        transcript.moves("m1", 135_000_000, OptionalLong.of(135_000_000));
        transcript.sees("m1", "the node computes the SHA-256 of what arrived").shown();
        Golden.assertMatches("report/live/transfer.txt", transcript.toString());
    }

    @Test
    void aRollbackAndALostConnectionAreSeen() throws IOException {
        var transcript = new LiveTranscript().plan().step(0, "stop-apiserver", "cp1", "cp2");
        transcript.begins(0, "cp1", 0, STOP_API).at(2).failed(0, "cp1", 0).shown();
        transcript.event(new RunEvent.RollbackBegan(transcript.instant(), new RunEvent.Cause.Requested("the test")));
        transcript.event(new RunEvent.StepUndoBegan(transcript.instant(), 0, List.of("cp1", "cp2")));
        transcript.begins(0, "cp1", 0, READY).begins(0, "cp2", 0, READY).at(6).shown();
        transcript
                .sees("cp1", "the connection to the host is lost, and is made again")
                .shown();
        transcript.event(new RunEvent.RunEnded(transcript.instant(), RunEvent.Ending.ROLLED_BACK));
        transcript.at(8).shown();
        Golden.assertMatches("report/live/rollback.txt", transcript.toString());
    }

    @Test
    void moreHostsThanRowsShowThoseAtWork() throws IOException {
        var transcript = new LiveTranscript().step(0, "stop-etcd", "m1", "m2", "m3", "m4", "m5");
        List.of("m1", "m2", "m3", "m4", "m5").forEach(host -> transcript.begins(0, host, 0, GONE));
        transcript
                .at(1)
                .done(0, "m1", 0)
                .done(0, "m2", 0)
                .at(3)
                .shown(80, 3)
                .shown(80, 4)
                .shown(80, 1);
        Golden.assertMatches("report/live/few-rows.txt", transcript.toString());
    }

    @Test
    void whatANodeSaysMovesNoCursorAndShowsNoSecret() {
        assertThat(LiveRun.oneLine("a\u001b[2Jb\r\nc\t password = hunter2")).isEqualTo("a [2Jb c password = ********");
        assertThat(LiveRun.oneLine("x".repeat(1000))).hasSize(301);
    }

    @Test
    void aRowNeverTakesMoreThanItsColumns() {
        var row = new LiveRow(
                "  m1  waiting for 日本 to stop", ", 4 s of at most 2 min", ", 4 s", ": seen", LiveRow.Tone.PLAIN);
        for (int columns = 1; columns < 80; columns++) {
            var shown = row.shown(columns, Style.PLAIN);
            assertThat(shown.codePointCount(0, shown.length())).isLessThanOrEqualTo(columns);
        }
        assertThat(row.shown(60, Style.PLAIN)).isEqualTo("  m1  waiting for 日本 to stop, 4 s of at most 2 min: seen");
        assertThat(row.shown(40, Style.PLAIN)).isEqualTo("  m1  waiting for 日本 to stop, 4 s: se…");
        assertThat(row.shown(28, Style.PLAIN)).isEqualTo("  m1  waiting for 日本…, 4 s");
        assertThat(new LiveRow("ab", LiveRow.Tone.WARNING).shown(9, Style.COLOUR))
                .isEqualTo("\u001b[33mab\u001b[0m");
    }

    @Test
    void programsReadTheSame() {
        var transcript = new LiveTranscript().step(0, "restore", "m1", "m2");
        transcript.begins(0, "m1", 2, SEND).begins(0, "m2", 1, GONE).sees("m2", "container 5be0 runs");
        transcript
                .moves("m1", 1_000_000, OptionalLong.of(135_000_000))
                .at(10)
                .moves("m1", 41_000_000, OptionalLong.of(135_000_000));
        assertThat(transcript.run().due().stream().map(ProgressLineMapper::of).map(LineWriter::write))
                .containsExactly(
                        "{\"type\":\"transfer\",\"version\":2,\"at\":\"2026-01-02T03:04:15Z\",\"host\":\"m1\",\"step\":1,\"action\":3,\"what\":\"sending"
                            + " snapshot.db\",\"took\":10.0,\"deadline\":195.0,"
                            + "\"nearsDeadline\":false,\"bytes\":41000000,\"total\":135000000}",
                        "{\"type\":\"waiting\",\"version\":2,\"at\":\"2026-01-02T03:04:15Z\",\"host\":\"m2\",\"step\":1,\"action\":2,\"undo\":false,\"what\":\"waiting"
                            + " for etcd to"
                            + " stop\",\"took\":10.0,\"deadline\":120.0,\"nearsDeadline\":false,\"seen\":\"container"
                            + " 5be0 runs\"}");
        assertThat(transcript.run().due()).isEmpty();
    }
}
