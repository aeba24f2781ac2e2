package dev.runbook.etcd.kinds;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts a message to the JSON tree that Go's encoder makes of the same object. Stored fields stay, zero values too,
 * except those that the API server itself omits.
 */
final class MessageTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<String> undecoded;

    /** @param undecoded receives the paths of fields that cannot be decoded */
    MessageTree(List<String> undecoded) {
        this.undecoded = undecoded;
    }

    /** Adds the fields of a message. */
    void print(Message message, String place, ObjectNode into) {
        message.getUnknownFields()
                .asMap()
                .keySet()
                .forEach(number -> undecoded.add((place.isEmpty() ? "" : place + ": ") + "field number " + number));
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (present(message, field)) {
                print(message, field, place, into);
            }
        }
    }

    /** A map is a list of entries. */
    private static boolean present(Message message, FieldDescriptor field) {
        return field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field);
    }

    private void print(Message message, FieldDescriptor field, String place, ObjectNode into) {
        if (FieldNames.inlined(field)) {
            // A struct embedded in Go: in JSON its fields are among its parent's.
            print((Message) message.getField(field), place, into);
            return;
        }
        String name = FieldNames.json(field);
        String inside = place.isEmpty() ? name : place + "." + name;
        if (field.isMapField()) {
            into.set(name, map(message, field, inside));
        } else if (field.isRepeated()) {
            ArrayNode list = NODES.arrayNode();
            for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                list.add(value(field, message.getRepeatedField(field, i), inside + "[" + i + "]")
                        .orElseGet(NODES::nullNode));
            }
            into.set(name, list);
        } else if (!FieldNames.omitted(field, message.getField(field))) {
            value(field, message.getField(field), inside).ifPresent(node -> into.set(name, node));
        }
    }

    private ObjectNode map(Message message, FieldDescriptor field, String place) {
        ObjectNode entries = NODES.objectNode();
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            Message entry = (Message) message.getRepeatedField(field, i);
            String name = String.valueOf(entry.getField(key));
            entries.set(
                    name,
                    value(value, entry.getField(value), place + "[" + name + "]")
                            .orElseGet(NODES::nullNode));
        }
        return entries;
    }

    /** Empty for null in JSON. */
    private Optional<JsonNode> value(FieldDescriptor field, Object value, String place) {
        return switch (field.getJavaType()) {
            case STRING -> Optional.of(NODES.stringNode((String) value));
            case BOOLEAN -> Optional.of(NODES.booleanNode((Boolean) value));
            case INT -> Optional.of(NODES.numberNode((Integer) value));
            case LONG -> Optional.of(NODES.numberNode((Long) value));
            case FLOAT -> Optional.of(NODES.numberNode((Float) value));
            case DOUBLE -> Optional.of(NODES.numberNode((Double) value));
            case BYTE_STRING ->
                Optional.of(NODES.stringNode(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray())));
            // Kubernetes' schemas have no enums: Go's are strings.
            case ENUM -> Optional.of(NODES.stringNode(String.valueOf(value)));
            case MESSAGE -> message((Message) value, place);
        };
    }

    private Optional<JsonNode> message(Message message, String place) {
        var leaf = CustomEncoding.of(message.getDescriptorForType());
        if (leaf.isPresent()) {
            return leaf.get().json(message, place, this);
        }
        return Optional.of(object(message, place));
    }

    ObjectNode object(Message message, String place) {
        ObjectNode node = NODES.objectNode();
        print(message, place, node);
        return node;
    }

    /** A field by its name in the schema, as JSON; empty when it is absent. */
    Optional<JsonNode> field(Message message, String name, String place) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        ObjectNode node = NODES.objectNode();
        if (present(message, field)) {
            print(message, field, place, node);
        }
        return Optional.ofNullable(node.get(FieldNames.json(field)));
    }

    void addUndecoded(String path) {
        undecoded.add(path);
    }
}
