package dev.runbook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.Golden;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Probe;
import dev.runbook.model.Secret;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.RunProgram;
import dev.runbook.model.action.RunProgram.ProgramEffect;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read back, whatever a crash leaves of it; and what it looks like does not change by accident. */
class JournalTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path folder;

    /** Every kind of event, action, probe and result, in an event. */
    private static List<RunEvent> everything() {
        var events = new ArrayList<RunEvent>();
        Samples.of(RunEvent.class).forEach(event -> events.add(inThisFormat((RunEvent) event)));
        var actions = new ArrayList<Action>();
        Samples.of(Action.class).forEach(action -> actions.add((Action) action));
        Samples.of(Probe.class)
                .forEach(probe -> actions.add(new Await((Probe) probe, Duration.ofSeconds(1), Direction.BOTH)));
        Samples.of(ProgramEffect.class)
                .forEach(effect -> actions.add(new RunProgram(
                        List.of("true"), java.util.Optional.empty(), Duration.ofSeconds(1), (ProgramEffect) effect)));
        events.add(new RunEvent.StepIntended(AT, 0, "All", "all", Map.of("cp1", actions)));
        Samples.of(ActionResult.class)
                .forEach(result -> events.add(new RunEvent.ActionEnded(AT, 0, "cp1", 0, (ActionResult) result)));
        Samples.of(RunEvent.Cause.class)
                .forEach(cause -> events.add(new RunEvent.RollbackBegan(AT, (RunEvent.Cause) cause)));
        return events;
    }

    private static RunEvent inThisFormat(RunEvent event) {
        return event instanceof RunEvent.RunBegan began
                ? new RunEvent.RunBegan(
                        began.at(), began.run(), began.runbook(), began.hosts(), began.epoch(), began.call())
                : event;
    }

    @Test
    void everyKindIsReadBackAsItWasWritten() throws IOException {
        var path = folder.resolve("journal");
        try (var journal = JournalFile.open(path)) {
            everything().forEach(journal::append);
        }
        assertThat(JournalFile.read(path)).isEqualTo(everything());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    /** A journal may be read by a later version: a change here needs a way to read the old form. */
    @Test
    void theFormIsStable() throws IOException {
        var text = new StringBuilder();
        everything().forEach(event -> text.append(JournalCodec.encode(event)));
        Golden.assertMatches("dev/runbook/journal/everything.jsonl", text.toString());
    }

    @Test
    void nothingThatIsJournaledCanHoldASecret() {
        assertThat(typesIn(RunEvent.class, new HashSet<>()))
                .contains(FileAction.MovePath.class)
                .doesNotContain(Secret.class);
    }

    /** Every class that a record of this family can lead to. */
    private static Set<Class<?>> typesIn(Type type, Set<Class<?>> seen) {
        if (type instanceof ParameterizedType generic) {
            for (var argument : generic.getActualTypeArguments()) {
                typesIn(argument, seen);
            }
        } else if (type instanceof Class<?> plain && seen.add(plain)) {
            if (plain.isSealed()) {
                Samples.leaves(plain).forEach(leaf -> typesIn(leaf, seen));
            } else if (plain.isRecord()) {
                for (var component : plain.getRecordComponents()) {
                    typesIn(component.getGenericType(), seen);
                }
            }
        }
        return seen;
    }

    /** Cut anywhere, in the middle of a character too: what is whole is read, and what comes after is not lost. */
    @Test
    void aTornLastLineIsPassedOverAndCutOffBeforeMoreIsWritten() throws IOException {
        var first = new RunEvent.StepUndoBegan(AT, 1, List.of("cp1"));
        var torn = new RunEvent.RollbackBegan(AT, new RunEvent.Cause.Requested("jemand drückte Ctrl-C"));
        var last = new RunEvent.RunEnded(AT, RunEvent.Ending.ROLLED_BACK);
        var line = JournalCodec.encode(torn).getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut < line.length; cut++) {
            var path = folder.resolve("journal-" + cut);
            try (var journal = JournalFile.open(path)) {
                journal.append(first);
            }
            Files.write(path, java.util.Arrays.copyOf(line, cut), StandardOpenOption.APPEND);
            assertThat(JournalFile.read(path)).containsExactly(first);
            try (var journal = JournalFile.open(path)) {
                journal.append(last);
            }
            assertThat(JournalFile.read(path)).containsExactly(first, last);
        }
    }

    /** Its checksum is right, so no crash tore it: it must not be cut off as a torn line is. */
    @Test
    void aJournalOfAnotherFormatIsRefusedAndLeftAsItIs() throws IOException {
        var path = folder.resolve("journal");
        var began = JournalCodec.encode(everything().getFirst()).substring(9);
        for (var json : List.of(
                began.replace("\"format\":" + RunEvent.FORMAT + ",", ""),
                began.replace("\"format\":" + RunEvent.FORMAT + ",", "\"format\":3,"),
                "{\"kind\":\"Learned\",\"at\":\"2026-01-02T03:04:05Z\",\"step\":1}\n")) {
            var line = JournalCodec.withChecksum(json.strip());
            Files.writeString(path, line);
            assertThatThrownBy(() -> JournalFile.read(path))
                    .hasMessageContaining("journal:1: the journal has")
                    .hasMessageContaining("this version of runbook reads format " + RunEvent.FORMAT)
                    .hasMessageContaining("with the version of runbook that began it");
            assertThatThrownBy(() -> JournalFile.open(path)).hasMessageContaining("journal:1: the journal has");
            assertThatThrownBy(() -> JournalFile.parse(line)).hasMessageContaining("line 1: the journal has");
            assertThat(path).hasContent(line);
        }
    }

    @Test
    void aDamagedJournalIsNotAppendedTo() throws IOException {
        var path = folder.resolve("journal");
        try (var journal = JournalFile.open(path)) {
            everything().forEach(journal::append);
        }
        var lines = Files.readAllLines(path);
        lines.set(2, lines.get(2).replaceFirst("\"", "'"));
        Files.write(path, lines);
        assertThatThrownBy(() -> JournalFile.open(path)).hasMessageContaining("journal:3");
        assertThat(Files.readAllLines(path)).isEqualTo(lines);
    }

    @Test
    void aDamagedLineBeforeTheLastIsAnError() throws IOException {
        var path = folder.resolve("journal");
        try (var journal = JournalFile.open(path)) {
            everything().forEach(journal::append);
        }
        var lines = Files.readAllLines(path);
        lines.set(2, lines.get(2).replaceFirst("\"", "'"));
        Files.write(path, lines);
        assertThatThrownBy(() -> JournalFile.read(path))
                .hasMessageContaining("journal:3")
                .hasMessageContaining("damaged");
    }

    /** The lock of the run's folder forbids it; without locks, as on some network folders, no line may be damaged. */
    @Test
    void twoWritersDamageNoLine() throws IOException {
        var path = folder.resolve("two.jsonl");
        try (var one = JournalFile.open(path);
                var two = JournalFile.open(path)) {
            for (int step = 0; step < 20; step++) {
                one.append(new RunEvent.StepEnded(AT, step));
                two.append(new RunEvent.StepEnded(AT, 1000 + step));
            }
        }
        assertThat(JournalFile.read(path)).hasSize(40);
    }

    /** Whole lines that are not those of one run: a reader says so, and does not fail. */
    @Test
    void recordsThatDoNotFitTogetherAreAProblemOfTheFile() throws IOException {
        var path = folder.resolve("mixed.jsonl");
        try (var journal = JournalFile.open(path)) {
            journal.append(new RunEvent.StepIntended(AT, 0, "One", "one", Map.of("cp1", List.of())));
            journal.append(new RunEvent.ActionEnded(AT, 0, "cp2", 0, new ActionResult.NotBegun()));
        }
        assertThatThrownBy(() -> JournalFile.readRun(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("do not fit together");
        assertThat(JournalFile.readable(path)).hasSize(2);
    }
}
