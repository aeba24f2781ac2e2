package dev.runbook.etcd.config;

import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** A node of a YAML document and its position in the text. */
sealed interface YamlNode {
    Place place();

    /**
     * The position of a node.
     *
     * @param start index of its first character
     * @param end index after its last character
     * @param line first line, counted from 1
     * @param firstEvent index of the parser's first event for it
     * @param lastEvent index of the last one
     * @param marked whether it has an anchor or a tag: its text is used in other places, or has another meaning
     */
    record Place(int start, int end, int line, int firstEvent, int lastEvent, boolean marked) {}

    record Scalar(Place place, String value, ScalarStyle style) implements YamlNode {}

    record Sequence(Place place, List<YamlNode> items, boolean flow) implements YamlNode {}

    record Mapping(Place place, List<Entry> entries, boolean flow) implements YamlNode {}

    /** {@code *name}. */
    record Alias(Place place, YamlNode target) implements YamlNode {}

    record Entry(YamlNode key, YamlNode value) {}

    /** The target of an alias, or the node itself. */
    default YamlNode resolved() {
        return switch (this) {
            case Alias(Place place, YamlNode target) -> target;
            case Scalar scalar -> scalar;
            case Sequence sequence -> sequence;
            case Mapping mapping -> mapping;
        };
    }
}
