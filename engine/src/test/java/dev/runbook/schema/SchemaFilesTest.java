package dev.runbook.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.load.Vocabulary;
import dev.runbook.steps.StepTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The schemas in docs/ are those of the code; {@code -Dgolden.update=true} regenerates them. */
class SchemaFilesTest {
    private static final Path FOLDER = Path.of("../docs/schema");
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    @Test
    void theRunbookSchemaIsInDocs() throws IOException {
        assertFile("runbook.schema.json", RunbookSchema.of(StepTypes.ALL));
    }

    @Test
    void theInventorySchemaIsInDocs() throws IOException {
        assertFile("inventory.schema.json", InventorySchema.of());
    }

    @Test
    void everyKeyOfARunbookIsInItsSchema() {
        var schema = RunbookSchema.of(StepTypes.ALL);
        assertThat(names(schema, "properties")).containsExactlyInAnyOrderElementsOf(Vocabulary.runbookKeys());
        assertThat(names(schema, "$defs", "step", "properties"))
                .containsAll(Vocabulary.stepKeys())
                .hasSize(Vocabulary.stepKeys().size() + StepTypes.ALL.types().size());
        assertThat(names(schema, "$defs", "allow", "items", "properties"))
                .containsExactlyInAnyOrderElementsOf(Vocabulary.allowanceKeys());
    }

    /** An editor with yaml-language-server checks the shipped files against the schemas in docs/. */
    @Test
    void shippedFilesNameTheirSchema() throws IOException {
        for (var kind : Map.of("runbooks", "runbook", "inventory", "inventory").entrySet()) {
            try (var files = Files.list(TOP.resolve(kind.getKey()))) {
                for (var file :
                        files.filter(path -> path.toString().endsWith(".yml")).toList()) {
                    assertThat(Files.readAllLines(file).getFirst())
                            .as(file.toString())
                            .isEqualTo("# yaml-language-server: $schema=../docs/schema/" + kind.getValue()
                                    + ".schema.json");
                }
            }
        }
    }

    private static List<String> names(Map<?, ?> schema, String... path) {
        Map<?, ?> place = schema;
        for (var name : path) {
            place = (Map<?, ?>) Objects.requireNonNull(place.get(name), name);
        }
        return place.keySet().stream().map(String::valueOf).toList();
    }

    private static void assertFile(String name, Map<String, Object> schema) throws IOException {
        var file = FOLDER.resolve(name);
        var fresh = SchemaText.of(schema);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, fresh);
        }
        assertThat(Files.readString(file))
                .as("regenerate with -Dgolden.update=true")
                .isEqualTo(fresh);
    }
}
