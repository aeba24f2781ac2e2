package dev.runbook.report.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.AnyRecord;
import dev.runbook.Golden;
import dev.runbook.RecordSchema;
import dev.runbook.recorded.FactsFile;
import dev.runbook.step.Doc;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** docs/json.md and docs/schema/events.json match the records. */
class LineSchemaTest {
    private static final String SCHEMA = "../../../../docs/schema/events.json";
    private static final String PAGE = "../../../../docs/json.md";
    private static final String BEGIN = "<!-- the types are made from dev.runbook.report.line.Line -->\n";

    private static List<Class<?>> lines() {
        return leaves(Line.class).sorted(Comparator.comparing(LineWriter::type)).toList();
    }

    private static Stream<Class<?>> leaves(Class<?> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).flatMap(LineSchemaTest::leaves)
                : Stream.of(family);
    }

    @Test
    void theSchemaIsThatOfTheRecords() throws IOException {
        var mapper = new JsonMapper();
        var records = new RecordSchema(LineWriter::word);
        var schema = mapper.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "One line of runbook --json");
        schema.put(
                "description",
                "Fields may be added: a reader ignores unknown fields. When a field is removed or changes its"
                        + " meaning, the version increases.");
        var choice = schema.putArray("oneOf");
        var definitions = schema.putObject("$defs");
        for (var line : lines()) {
            var object = records.object(line);
            choice.addObject().put("$ref", "#/$defs/" + LineWriter.type(line));
            definitions.set(LineWriter.type(line), enveloped(object, LineWriter.type(line), LineWriter.VERSION));
        }
        choice.addObject().put("$ref", "#/$defs/facts");
        definitions.set("facts", enveloped(facts(mapper), "facts", FactsFile.VERSION));
        records.definitions().forEach(definitions::set);
        Golden.assertMatches(SCHEMA, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n");
    }

    private static ObjectNode enveloped(ObjectNode object, String type, int version) {
        var properties = (ObjectNode) object.get("properties");
        var rest = properties.deepCopy();
        properties.removeAll();
        properties.putObject("type").put("const", type);
        properties.putObject("version").put("const", version);
        properties.setAll(rest);
        object.withArray("required").add("type").add("version");
        return object;
    }

    /** A document of its own with a version of its own, described here by its top-level fields. */
    private static ObjectNode facts(JsonMapper mapper) {
        var object = mapper.createObjectNode();
        object.put("type", "object");
        object.put("description", "Result of runbook facts; the same as in a facts file.");
        var properties = object.putObject("properties");
        properties.putObject("recordedAt").put("type", "string").put("format", "date-time");
        properties.putObject("groups").put("type", "object").put("description", "Hosts by group.");
        properties
                .putObject("hosts")
                .put("type", "array")
                .putObject("items")
                .put("type", "object")
                .putArray("required")
                .add("host");
        object.putArray("required").add("recordedAt").add("groups").add("hosts");
        return object;
    }

    @Test
    void thePageDescribesEveryType() throws IOException {
        var page = Files.readString(java.nio.file.Path.of("src/test/resources").resolve(PAGE));
        var text = new StringBuilder(page.substring(0, page.indexOf(BEGIN) + BEGIN.length()));
        for (var line : lines()) {
            text.append("\n### ").append(LineWriter.type(line)).append("\n\n");
            text.append(line.getAnnotation(Doc.class).value()).append("\n\n| field | meaning |\n|---|---|\n");
            for (var component : line.getRecordComponents()) {
                text.append("| `%s` | %s |\n".formatted(component.getName(), meaning(component)));
            }
        }
        Golden.assertMatches(PAGE, text.toString());
    }

    private static String meaning(RecordComponent component) {
        var doc = Optional.ofNullable(component.getAnnotation(Doc.class))
                .or(() -> Optional.ofNullable(component.getType().getAnnotation(Doc.class)))
                .map(Doc::value);
        if (component.getType().isEnum()) {
            var words = Arrays.stream(component.getType().getEnumConstants())
                    .map(word -> "`" + LineWriter.word((Enum<?>) word) + "`")
                    .toList();
            return (doc.map(text -> text + " ").orElse("") + String.join(", ", words));
        }
        return doc.orElse("");
    }

    @Property(tries = 300)
    void everyLineFitsTheSchema(@ForAll("anyLine") Line line) {
        LineSchema.assertFits(LineWriter.write(line));
    }

    @Provide
    Arbitrary<Line> anyLine() {
        return AnyRecord.of(Line.class);
    }

    /** Checks that the schema refuses wrong lines, because else the property above would prove nothing. */
    @Test
    void theSchemaRefusesWrongLines() {
        var line = LineWriter.write(new RunEventLine.StepEnded(java.time.Instant.EPOCH, 3));
        LineSchema.assertFits(line);
        for (var wrong : List.of(
                line.replace("step-ended", "step-finished"),
                line.replace("\"version\":2", "\"version\":1"),
                line.replace("\"step\":3", "\"step\":\"3\""),
                line.replace("\"step\":3", "\"step\":3,\"more\":1"),
                line.replace(",\"step\":3", ""))) {
            assertThat(wrong).isNotEqualTo(line);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> LineSchema.assertFits(wrong))
                    .isInstanceOf(AssertionError.class);
        }
    }
}
