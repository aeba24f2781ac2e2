package dev.runbook.yaml;

import dev.runbook.model.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value in a YAML text, with its position. */
public sealed interface YamlValue {
    Position position();

    /** Description for messages: "a mapping", "the number 3", ... */
    String described();

    /** As plain Java: Map, List, String, Long, Double, Boolean or null. An opaque scalar is its text. */
    @Nullable
    Object plain();

    /** Keys and values in the order of the text; each key occurs once. */
    record Mapping(Position position, List<Entry> entries) implements YamlValue {
        public Mapping {
            entries = List.copyOf(entries);
        }

        public Optional<Entry> find(String key) {
            return entries.stream().filter(entry -> entry.name().equals(key)).findFirst();
        }

        public List<String> keys() {
            return entries.stream().map(Entry::name).toList();
        }

        @Override
        public String described() {
            return "a mapping";
        }

        @Override
        public Object plain() {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            for (var entry : entries) {
                plain.put(entry.name(), entry.value().plain());
            }
            return plain;
        }
    }

    /** One line of a mapping. */
    record Entry(Scalar key, YamlValue value) {
        public String name() {
            return key.text();
        }
    }

    /** The items of a list in their order. */
    record Sequence(Position position, List<YamlValue> items) implements YamlValue {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String described() {
            return "a list";
        }

        @Override
        public Object plain() {
            List<@Nullable Object> plain = new ArrayList<>();
            for (var item : items) {
                plain.add(item.plain());
            }
            return plain;
        }
    }

    /**
     * A text, number, boolean or null.
     *
     * @param text with quotes, escapes and folding resolved
     * @param kind its type in the schema
     * @param tag as written, such as {@code !vault}
     * @param source positions of the characters of {@code text} in the file
     */
    record Scalar(Position position, String text, Style style, Kind kind, Optional<String> tag, ScalarSource source)
            implements YamlValue {
        public boolean isNull() {
            return kind == Kind.NULL;
        }

        public boolean isOpaque() {
            return kind == Kind.OPAQUE;
        }

        /** The scalar with another text, such as the value of its expressions. */
        public Scalar withText(String other) {
            return new Scalar(position, other, style, Kind.STRING, tag, source.ofReplacement());
        }

        /** The position of a part of {@code text}, at most up to the end of its line. */
        public Position within(int offset, int length) {
            return source.within(this, offset, length);
        }

        @Override
        public String described() {
            return switch (kind) {
                case NULL -> "nothing";
                case BOOL -> "the boolean " + text;
                case INT, FLOAT -> "the number " + text;
                case STRING -> "the text \"" + (text.length() > 40 ? text.substring(0, 37) + "..." : text) + "\"";
                case OPAQUE -> tag.map(name -> "a " + name + " value").orElse("a template");
            };
        }

        @Override
        public @Nullable Object plain() {
            return switch (kind) {
                case NULL -> null;
                case BOOL -> ScalarKinds.isTrue(text);
                case INT -> ScalarKinds.parseLong(text).orElseThrow();
                case FLOAT -> ScalarKinds.parseDouble(text);
                case STRING, OPAQUE -> text;
            };
        }
    }

    /** How a scalar is written. */
    enum Style {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        /** {@code |} or {@code >}. */
        BLOCK
    }

    /** Type of a scalar. */
    enum Kind {
        NULL,
        BOOL,
        INT,
        FLOAT,
        STRING,
        /** A value that only Ansible can read: encrypted, tagged or templated. */
        OPAQUE
    }
}
