package dev.runbook.schema;

import java.util.Map;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Formats a schema as a file, indented by two spaces, the same on every machine. */
public final class SchemaText {
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    private SchemaText() {}

    public static String of(Map<String, Object> schema) {
        return JsonMapper.builder()
                        .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(INDENT))
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(schema)
                + "\n";
    }
}
