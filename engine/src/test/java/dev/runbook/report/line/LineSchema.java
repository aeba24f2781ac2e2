package dev.runbook.report.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schema for tests: a field that it does not declare is an error here. */
public final class LineSchema {
    private static final Schema STRICT = strict();

    private LineSchema() {}

    public static void assertFits(String line) {
        assertThat(STRICT.validate(line, InputFormat.JSON)).as(line).isEmpty();
    }

    private static Schema strict() {
        try {
            var document = new JsonMapper().readTree(Files.readString(Path.of("../docs/schema/events.json")));
            document.get("$defs").forEach(LineSchema::close);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(document.toString(), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema cannot be read", e);
        }
    }

    private static void close(JsonNode definition) {
        if (definition.has("properties")) {
            ((ObjectNode) definition).put("additionalProperties", false);
        }
    }
}
