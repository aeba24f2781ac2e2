package dev.runbook.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.runbook.load.Loader;
import dev.runbook.load.Request;
import dev.runbook.load.source.Surroundings;
import dev.runbook.model.Problem;
import dev.runbook.steps.StepTypes;
import dev.runbook.yaml.Dialect;
import dev.runbook.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The schemas accept what the loader accepts. Each file below {@code schema} is good or bad by its folder, and both must
 * agree; no file has an error that only the loader can find (expressions, references, host patterns, dependencies).
 */
class SchemaAgreementTest {
    private static final Path FILES = Path.of("src/test/resources/schema").toAbsolutePath();
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final String CHARACTERS = "{}[]:,-?*&!|>'\"%@`\n\t ${}#.\\=~xé0";
    private static final int RUNS = 1000;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Schema RUNBOOK = schema(SchemaText.of(RunbookSchema.of(StepTypes.ALL)));
    private static final Schema INVENTORY = schema(SchemaText.of(InventorySchema.of()));

    @TempDir
    private Path folder;

    static Stream<String> files() throws IOException {
        try (var files = Files.walk(FILES)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> FILES.relativize(file).toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void thereAreAtLeastAHundredFiles() throws IOException {
        assertThat(files().count()).isGreaterThanOrEqualTo(100);
    }

    @ParameterizedTest
    @MethodSource("files")
    void loaderAndSchemaAgree(String file) throws IOException {
        var text = Files.readString(FILES.resolve(file));
        var isRunbook = file.startsWith("runbook");
        var errors = isRunbook ? ofRunbook(text) : ofInventory(text);
        var refusals =
                isRunbook ? refusals(RUNBOOK, text, Dialect.RUNBOOK) : refusals(INVENTORY, text, Dialect.INVENTORY);
        if (file.contains("/good/")) {
            assertThat(errors).as("loader").isEmpty();
            assertThat(refusals).as("schema").isEmpty();
        } else {
            assertThat(errors).as("loader").isNotEmpty();
            assertThat(refusals).as("schema").isNotEmpty();
        }
    }

    @Test
    void shippedFilesMatchTheirSchema() throws IOException {
        for (var runbook : List.of("restore.yml", "restore-external.yml", "backup.yml")) {
            assertThat(refusals(RUNBOOK, Files.readString(TOP.resolve("runbooks/" + runbook)), Dialect.RUNBOOK))
                    .isEmpty();
        }
        for (var inventory : List.of("stacked.yml", "external.yml")) {
            assertThat(refusals(INVENTORY, Files.readString(TOP.resolve("inventory/" + inventory)), Dialect.INVENTORY))
                    .isEmpty();
        }
    }

    /** The files with some characters changed: an editor never marks a file that the loader accepts. */
    @Test
    void noFileThatLoadsIsRefused() throws IOException {
        List<String> texts = new ArrayList<>();
        for (var file : files().filter(name -> name.startsWith("runbook/good")).toList()) {
            texts.add(Files.readString(FILES.resolve(file)));
        }
        var random = new Random(42);
        var loaded = 0;
        for (var run = 0; run < RUNS; run++) {
            var text = changed(texts.get(random.nextInt(texts.size())), random);
            if (ofRunbook(text).isEmpty()) {
                loaded++;
                assertThat(refusals(RUNBOOK, text, Dialect.RUNBOOK)).as(text).isEmpty();
            }
        }
        assertThat(loaded).isGreaterThan(RUNS / 20);
    }

    private List<Problem> ofRunbook(String text) throws IOException {
        return errors(text, List.of());
    }

    private List<Problem> ofInventory(String text) throws IOException {
        Files.writeString(folder.resolve("inventory.yml"), text);
        return errors("hosts: all\nsteps:\n  - commit:\n", List.of(Path.of("inventory.yml")));
    }

    private List<Problem> errors(String runbook, List<Path> inventories) throws IOException {
        Files.writeString(folder.resolve("runbook.yml"), runbook);
        var request = new Request(
                Path.of("runbook.yml"),
                inventories,
                List.of(),
                Optional.empty(),
                Set.of(),
                new Surroundings(folder, Path.of("/home/me"), "me"));
        return new Loader(StepTypes.ALL)
                .check(request).problems().stream().filter(Problem::isError).toList();
    }

    /** YAML is read as the loader reads it, so that only the schemas differ. */
    private static List<com.networknt.schema.Error> refusals(Schema schema, String text, Dialect dialect) {
        return YamlDocument.parse("file", text, dialect)
                .root()
                .map(root -> schema.validate(JSON.writeValueAsString(root.plain()), InputFormat.JSON))
                .orElse(List.of());
    }

    private static Schema schema(String text) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON);
    }

    private static String changed(String text, Random random) {
        var changed = new StringBuilder(text);
        for (var change = 1 + random.nextInt(2); change > 0; change--) {
            var at = random.nextInt(changed.length());
            var character = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
            switch (random.nextInt(3)) {
                case 0 -> changed.delete(at, Math.min(changed.length(), at + 1 + random.nextInt(5)));
                case 1 -> changed.insert(at, character);
                default -> changed.setCharAt(at, character);
            }
        }
        return changed.toString();
    }
}
