package dev.runbook.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.load.source.SudoPassword;
import dev.runbook.load.source.Surroundings;
import dev.runbook.model.Problem;
import dev.runbook.steps.StepTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hints on runbooks, inventories and calls, done as they say: {@code load/followed.txt} has after {@code == CODE | HINT} the
 * files that give the problem, each after {@code --}, and what is changed to follow the hint, after {@code >>}. Then the
 * problem is gone, and no error has come instead.
 */
class FollowedHintsTest {
    private static final Path CASES = Path.of("src/test/resources/load/followed.txt");

    @TempDir
    Path folder;

    record Followed(String code, String hint, String files) {
        @Override
        public String toString() {
            return code + ": " + hint;
        }
    }

    static Stream<Followed> followed() throws IOException {
        return Stream.of(Files.readString(CASES).split("(?m)^== ", -1)).skip(1).map(text -> {
            var head = text.substring(0, text.indexOf('\n')).split(" \\| ", 2);
            return new Followed(head[0], head[1], text.substring(text.indexOf('\n') + 1));
        });
    }

    @ParameterizedTest
    @MethodSource("followed")
    void helps(Followed followed) throws IOException {
        Files.writeString(folder.resolve("runbook.yml"), "hosts: all\nsteps:\n  - preflight:\n");
        Files.writeString(folder.resolve("inventory.yml"), "all: {hosts: {h1: }}\n");
        write(followed.files(), "-- ");
        assertThat(problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(followed.code());
            assertThat(problem.next()).contains(followed.hint());
        });
        write(followed.files(), ">> ");
        assertThat(problems())
                .noneMatch(problem -> problem.code().equals(followed.code()))
                .noneMatch(Problem::isError);
    }

    private void write(String files, String mark) throws IOException {
        for (var part : files.split("(?m)^(?=-- |>> )", -1)) {
            if (part.startsWith(mark)) {
                var file = folder.resolve(part.substring(3, part.indexOf('\n')));
                Files.createDirectories(file.getParent());
                Files.writeString(file, part.substring(part.indexOf('\n') + 1));
            }
        }
    }

    private List<Problem> problems() throws IOException {
        List<Path> inventories = new ArrayList<>();
        List<Request.GivenText> values = new ArrayList<>();
        Optional<String> limit = Optional.empty();
        var tags = Set.<String>of();
        var arguments = folder.resolve("args");
        for (var line : Files.exists(arguments) ? Files.readAllLines(arguments) : List.<String>of()) {
            var value = line.substring(line.indexOf(' ') + 1);
            switch (line.substring(0, line.indexOf(' '))) {
                case "-e" -> values.add(new Request.GivenText(value, "-e"));
                case "-i" -> inventories.add(Path.of(value));
                case "--limit" -> limit = Optional.of(value);
                case "--tags" -> tags = Set.of(value.split(",", -1));
                default -> throw new IllegalArgumentException(line);
            }
        }
        if (inventories.isEmpty()) {
            inventories.add(Path.of("inventory.yml"));
        }
        var loaded = new Loader(StepTypes.ALL)
                .load(new Request(
                        Path.of("runbook.yml"),
                        inventories,
                        values,
                        limit,
                        tags,
                        new Surroundings(folder, Path.of("/home/me"), "me"),
                        SudoPassword.LATER));
        return switch (loaded) {
            case Loaded.Failed(var problems, var _) -> problems;
            case Loaded.Ok ok -> ok.warnings();
        };
    }
}
