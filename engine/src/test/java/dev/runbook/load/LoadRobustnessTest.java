package dev.runbook.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.load.source.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading any file ends in a result: tested with the cases, with some characters changed. */
class LoadRobustnessTest {
    private static final String CHARACTERS = "{}[]:,-?*&!|>'\"%@`\n\t ${}#.\\=~xé0";
    private static final int RUNS = 400;

    @TempDir
    Path folder;

    @Test
    void neverFails() throws IOException {
        var random = new Random(20);
        var runbooks = texts("runbook.yml");
        var inventories = texts("inventory.yml");
        for (var run = 0; run < RUNS; run++) {
            var runbook = changed(runbooks.get(random.nextInt(runbooks.size())), random);
            var inventory = changed(inventories.get(random.nextInt(inventories.size())), random);
            Files.writeString(folder.resolve("runbook.yml"), runbook);
            Files.writeString(folder.resolve("inventory.yml"), inventory);
            var loaded = new Loader(SampleSteps.CATALOG)
                    .load(new Request(
                            Path.of("runbook.yml"),
                            List.of(Path.of("inventory.yml")),
                            List.of(new Request.GivenText("snapshot=x", "-e")),
                            Optional.empty(),
                            Set.of(),
                            new Surroundings(folder, Path.of("/home/me"), "me")));
            assertThat(LoadedText.of(loaded))
                    .as(runbook + "\n---\n" + inventory)
                    .isNotEmpty();
        }
    }

    private static List<String> texts(String name) throws IOException {
        List<String> texts = new ArrayList<>();
        for (var folder :
                LoadCasesTest.cases().filter(it -> !it.equals("not-utf8")).toList()) {
            var file = LoadCasesTest.CASES.resolve(folder).resolve(name);
            if (Files.exists(file)) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private static String changed(String text, Random random) {
        var changed = new StringBuilder(text);
        for (var change = random.nextInt(4); change > 0 && changed.length() > 1; change--) {
            var at = random.nextInt(changed.length());
            var character = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
            switch (random.nextInt(3)) {
                case 0 -> changed.delete(at, Math.min(changed.length(), at + 1 + random.nextInt(20)));
                case 1 -> changed.insert(at, character);
                default -> changed.setCharAt(at, character);
            }
        }
        return changed.toString();
    }
}
