package dev.runbook.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.load.source.SudoPassword;
import dev.runbook.load.source.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder below {@code load/cases} is an invocation: runbook.yml, inventories, and in {@code args} one option a line.
 * A folder home is the user's. expected.txt is its result; {@code -Dgolden.update=true} regenerates it, to be read before it is committed.
 */
class LoadCasesTest {
    static final Path CASES = Path.of("src/test/resources/load/cases").toAbsolutePath();

    static Stream<String> cases() throws IOException {
        try (var folders = Files.list(CASES)) {
            return folders.map(folder -> String.valueOf(folder.getFileName())).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void loadsAsExpected(String name) throws IOException {
        var folder = CASES.resolve(name);
        var request = request(folder);
        var hasRunbook = Files.exists(folder.resolve("runbook.yml"))
                || !request.runbook().toString().equals("runbook.yml");
        var loaded = hasRunbook
                ? LoadedText.of(new Loader(SampleSteps.CATALOG).load(request))
                : LoadedText.of(Loader.inventory(request));
        var actual = loaded.replace(folder.toString(), "CASE");
        var expected = folder.resolve("expected.txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    private static Request request(Path folder) throws IOException {
        List<Path> inventories = new ArrayList<>();
        for (var name : List.of("inventory.yml", "inventory/hosts.yaml", "more.yml")) {
            if (Files.exists(folder.resolve(name))) {
                inventories.add(Path.of(name));
            }
        }
        List<Request.GivenText> values = new ArrayList<>();
        Optional<String> limit = Optional.empty();
        var tags = Set.<String>of();
        var sudoPassword = SudoPassword.LATER;
        var runbook = "runbook.yml";
        var arguments = folder.resolve("args");
        for (var line : Files.exists(arguments) ? Files.readAllLines(arguments) : List.<String>of()) {
            var value = line.substring(line.indexOf(' ') + 1);
            switch (line.substring(0, line.indexOf(' '))) {
                case "-e" -> values.add(new Request.GivenText(value, "-e"));
                case "apply" -> runbook = value;
                case "-i" -> inventories.add(Path.of(value));
                case "--limit" -> limit = Optional.of(value);
                case "--sudo-password" -> sudoPassword = SudoPassword.valueOf(value);
                case "--tags" -> tags = Set.of(value.split(","));
                default -> throw new IllegalArgumentException(line);
            }
        }
        return new Request(
                Path.of(runbook),
                inventories,
                values,
                limit,
                tags,
                new Surroundings(
                        folder,
                        Files.exists(folder.resolve("home")) ? folder.resolve("home") : Path.of("/home/me"),
                        "me"),
                sudoPassword);
    }
}
