package dev.runbook.etcd.kinds;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Types with their own {@code MarshalJSON} in Go, whose JSON is not an object of their fields. */
enum CustomEncoding {
    TIME("k8s.io.apimachinery.pkg.apis.meta.v1.Time") {
        @Override
        Optional<JsonNode> json(Message message, String place, MessageTree tree) {
            return time(message, place, tree, false);
        }
    },
    MICRO_TIME("k8s.io.apimachinery.pkg.apis.meta.v1.MicroTime") {
        @Override
        Optional<JsonNode> json(Message message, String place, MessageTree tree) {
            return time(message, place, tree, true);
        }
    },
    DURATION("k8s.io.apimachinery.pkg.apis.meta.v1.Duration") {
        @Override
        Optional<JsonNode> json(Message message, String place, MessageTree tree) {
            return text(GoDuration.format((Long) get(message, "duration")));
        }
    },
    FIELDS("k8s.io.apimachinery.pkg.apis.meta.v1.FieldsV1") {
        @Override
        Optional<JsonNode> json(Message message, String place, MessageTree tree) {
            return embedded((ByteString) get(message, "Raw"), place, tree);
        }
    },
    QUANTITY("k8s.io.apimachinery.pkg.api.resource.Quantity") {
        @Override
        Optional<JsonNode> json(Message message, String place, MessageTree tree) {
            return text((String) get(message, "string"));
        }
    },
    INT_OR_STRING("k8s.io.apimachinery.pkg.util.intstr.IntOrString") {
        @Override
        Optional<JsonNode> json(Message message, String place, MessageTree tree) {
            return ((Number) get(message, "type")).longValue() == 0
                    ? Optional.of(JsonNodeFactory.instance.numberNode((Integer) get(message, "intVal")))
                    : text((String) get(message, "strVal"));
        }
    },
    RAW_EXTENSION("k8s.io.apimachinery.pkg.runtime.RawExtension") {
        @Override
        Optional<JsonNode> json(Message message, String place, MessageTree tree) {
            return embedded((ByteString) get(message, "raw"), place, tree);
        }
    },
    /** In every version of apiextensions, as the three that follow. */
    JSON(".apiextensions.*.JSON") {
        @Override
        Optional<JsonNode> json(Message message, String place, MessageTree tree) {
            return embedded((ByteString) get(message, "raw"), place, tree);
        }
    },
    SCHEMA_OR_ARRAY(".apiextensions.*.JSONSchemaPropsOrArray") {
        @Override
        Optional<JsonNode> json(Message message, String place, MessageTree tree) {
            return tree.field(message, "jSONSchemas", place).or(() -> tree.field(message, "schema", place));
        }
    },
    SCHEMA_OR_BOOL(".apiextensions.*.JSONSchemaPropsOrBool") {
        @Override
        Optional<JsonNode> json(Message message, String place, MessageTree tree) {
            return tree.field(message, "schema", place)
                    .or(() -> Optional.of(JsonNodeFactory.instance.booleanNode((Boolean) get(message, "allows"))));
        }
    },
    SCHEMA_OR_STRINGS(".apiextensions.*.JSONSchemaPropsOrStringArray") {
        @Override
        Optional<JsonNode> json(Message message, String place, MessageTree tree) {
            return tree.field(message, "property", place).or(() -> tree.field(message, "schema", place));
        }
    },
    /** A named slice of strings in Go, such as Verbs and ExtraValue, which protobuf must wrap. */
    WRAPPED_LIST("") {
        @Override
        Optional<JsonNode> json(Message message, String place, MessageTree tree) {
            return Optional.of(tree.field(message, "items", place).orElseGet(JsonNodeFactory.instance::arrayNode));
        }
    };

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String type;

    CustomEncoding(String type) {
        this.type = type;
    }

    /** Empty for null in JSON. */
    abstract Optional<JsonNode> json(Message message, String place, MessageTree tree);

    /** The encoding of a message; empty for an object of its fields. */
    static Optional<CustomEncoding> of(Descriptor message) {
        if (message.getFields().size() == 1) {
            FieldDescriptor only = message.getFields().getFirst();
            if (only.getName().equals("items") && only.isRepeated() && only.getType() == FieldDescriptor.Type.STRING) {
                return Optional.of(WRAPPED_LIST);
            }
        }
        return Arrays.stream(values()).filter(own -> own.is(message)).findFirst();
    }

    private boolean is(Descriptor message) {
        int star = type.indexOf('*');
        return star < 0
                ? message.getFullName().equals(type)
                : message.getFile().getPackage().contains(type.substring(0, star))
                        && message.getName().equals(type.substring(star + 2));
    }

    private static Object get(Message message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    private static Optional<JsonNode> text(String text) {
        return Optional.of(JsonNodeFactory.instance.stringNode(text));
    }

    /** A zero time is a message without fields. */
    private static Optional<JsonNode> time(Message message, String place, MessageTree tree, boolean micros) {
        if (message.getAllFields().isEmpty()) {
            return Optional.empty();
        }
        long seconds = (Long) get(message, "seconds");
        int nanos = (Integer) get(message, "nanos");
        try {
            Instant whole = Instant.ofEpochSecond(seconds);
            String text = whole.toString();
            return text(
                    micros
                            ? text.substring(0, text.length() - 1)
                                    + ".%06dZ".formatted(Math.floorMod(nanos, 1_000_000_000) / 1000)
                            : text);
        } catch (DateTimeException far) {
            tree.addUndecoded(place + ": a time " + seconds + " s after 1970");
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> embedded(ByteString raw, String place, MessageTree tree) {
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readTree(raw.toByteArray()));
        } catch (JacksonException notJson) {
            tree.addUndecoded(place + ": " + raw.size() + " bytes that are not JSON");
            return Optional.empty();
        }
    }
}
