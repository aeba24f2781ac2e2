package dev.runbook.report.line;

import dev.runbook.json.RecordMapper;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes lines as JSON: first the type and the version, then the components; absent ones are left out. */
public final class LineWriter {
    /** Version of the JSON format, one for all types. */
    public static final int VERSION = 2;

    private static final JsonMapper MAPPER = RecordMapper.of(List.of())
            .rebuild()
            .addModule(new SimpleModule().addSerializer(new KebabCase()))
            .build();

    private LineWriter() {}

    /** The line, without a line break. */
    public static String write(Line line) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("type", type(line.getClass()));
        object.put("version", VERSION);
        object.setAll(MAPPER.<ObjectNode>valueToTree(line));
        return MAPPER.writeValueAsString(object);
    }

    /** Type of a record in JSON: its name in kebab case. */
    public static String type(Class<?> line) {
        return line.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** An enum constant in kebab case. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @SuppressWarnings("rawtypes") // serializers are found by the raw class
    private static final class KebabCase extends StdSerializer<Enum> {
        KebabCase() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(word(value));
        }
    }
}
