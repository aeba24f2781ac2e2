package dev.runbook.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.load.source.Surroundings;
import dev.runbook.steps.StepTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every shipped runbook loads with every shipped inventory. */
class ShippedRunbooksTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    @Test
    void everyRunbookLoadsWithEveryInventory() throws IOException {
        for (var runbook : files("runbooks")) {
            for (var inventory : files("inventory")) {
                var value = Files.readString(runbook).contains("inputs.snapshot") ? "snapshot=a.db" : "to=a.db";
                var request = new Request(
                        runbook,
                        List.of(inventory),
                        List.of(new Request.GivenText(value, "-e")),
                        Optional.empty(),
                        Set.of(),
                        new Surroundings(TOP, TOP, "me"));
                assertThat(new Loader(StepTypes.ALL).load(request))
                        .isInstanceOfSatisfying(
                                Loaded.Ok.class,
                                loaded -> assertThat(loaded.warnings()).isEmpty());
            }
        }
    }

    private static List<Path> files(String folder) throws IOException {
        try (var files = Files.list(TOP.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yml")).toList();
        }
    }
}
