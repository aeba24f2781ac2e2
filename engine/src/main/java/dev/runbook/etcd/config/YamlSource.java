package dev.runbook.etcd.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A YAML text with one document, its tree, and the parser's events.
 *
 * @param text as it was read
 * @param root the document's node
 * @param meaning the content of the text, event by event, without styles, comments and spaces
 */
record YamlSource(String text, YamlNode root, List<Meaning> meaning) {
    private static final int MAX_DEPTH = 64;

    /** The content of one event, apart from its spelling. */
    record Meaning(Event.ID kind, String value, Optional<String> anchor, Optional<String> tag) {}

    static YamlSource parse(String text) throws ConfigProblem {
        if (text.startsWith("\uFEFF")) {
            throw new ConfigProblem("it starts with a byte order mark");
        }
        List<Event> events = new ArrayList<>();
        try {
            // In one read, because snakeyaml-engine 3.0.1 fails where its buffer ends between the halves of a
            // character.
            var settings = LoadSettings.builder().setBufferSize(text.length() + 1);
            new Parse(settings.build()).parseString(text).forEach(events::add);
        } catch (YamlEngineException malformed) {
            throw new ConfigProblem("it is not YAML: " + reason(malformed));
        }
        long documents = documents(events);
        if (documents != 1) {
            throw new ConfigProblem("it has " + documents + " YAML documents instead of one");
        }
        // The stream's and the document's start come before the first node.
        YamlNode root = new NodeBuilder(text, events).node(2, 0);
        return new YamlSource(
                text, root, events.stream().map(YamlSource::meaning).toList());
    }

    /** Documents; empty ones after the first, as a trailing {@code ---} makes one, do not count: the kubelet reads the first. */
    private static long documents(List<Event> events) {
        long documents = 0;
        for (int index = 0; index < events.size(); index++) {
            if (events.get(index) instanceof DocumentStartEvent) {
                boolean empty = events.get(index + 1) instanceof ScalarEvent scalar
                        && scalar.isPlain()
                        && scalar.getValue().isEmpty()
                        && scalar.getAnchor().isEmpty()
                        && scalar.getTag().isEmpty();
                documents += documents > 0 && empty ? 0 : 1;
            }
        }
        return documents;
    }

    private static String reason(YamlEngineException malformed) {
        if (malformed instanceof MarkedYamlEngineException marked
                && marked.getProblemMark().isPresent()) {
            Mark mark = marked.getProblemMark().get();
            return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": " + marked.getProblem();
        }
        return String.valueOf(malformed.getMessage()).replaceAll("\\s+", " ");
    }

    private static Meaning meaning(Event event) {
        return switch (event) {
            case ScalarEvent scalar ->
                new Meaning(scalar.getEventId(), scalar.getValue(), anchor(scalar), scalar.getTag());
            case CollectionStartEvent start -> new Meaning(start.getEventId(), "", anchor(start), start.getTag());
            case NodeEvent alias -> new Meaning(alias.getEventId(), "", anchor(alias), Optional.empty());
            default -> new Meaning(event.getEventId(), "", Optional.empty(), Optional.empty());
        };
    }

    private static Optional<String> anchor(NodeEvent event) {
        return event.getAnchor().map(Anchor::getValue);
    }

    /** Builds nodes from events. */
    private static final class NodeBuilder {
        private final String text;
        private final List<Event> events;
        private final Map<String, YamlNode> anchors = new HashMap<>();
        private final boolean oneUnitPerCharacter;

        private NodeBuilder(String text, List<Event> events) {
            this.text = text;
            this.events = events;
            this.oneUnitPerCharacter = text.codePointCount(0, text.length()) == text.length();
        }

        YamlNode node(int index, int depth) throws ConfigProblem {
            if (depth > MAX_DEPTH) {
                throw new ConfigProblem("it is nested deeper than " + MAX_DEPTH + " levels");
            }
            return switch (events.get(index)) {
                case ScalarEvent scalar ->
                    named(
                            scalar,
                            new YamlNode.Scalar(
                                    place(index, index, marked(scalar, scalar.getTag())),
                                    scalar.getValue(),
                                    scalar.getScalarStyle()));
                case AliasEvent alias -> {
                    String name = alias.getAlias().getValue();
                    YamlNode target = anchors.get(name);
                    if (target == null) {
                        throw new ConfigProblem("the alias *" + name + " has no anchor before it");
                    }
                    yield new YamlNode.Alias(place(index, index, true), target);
                }
                case CollectionStartEvent start -> named(start, collection(start, index, depth));
                default -> throw new ConfigProblem("it has no content");
            };
        }

        private YamlNode collection(CollectionStartEvent start, int index, int depth) throws ConfigProblem {
            List<YamlNode> children = new ArrayList<>();
            int next = index + 1;
            while (events.get(next) instanceof NodeEvent) {
                YamlNode child = node(next, depth + 1);
                children.add(child);
                next = child.place().lastEvent() + 1;
            }
            YamlNode.Place place = place(index, next, marked(start, start.getTag()));
            if (start instanceof SequenceStartEvent) {
                return new YamlNode.Sequence(place, List.copyOf(children), start.isFlow());
            }
            List<YamlNode.Entry> entries = new ArrayList<>();
            for (int child = 0; child + 1 < children.size(); child += 2) {
                entries.add(new YamlNode.Entry(children.get(child), children.get(child + 1)));
            }
            return new YamlNode.Mapping(place, List.copyOf(entries), start.isFlow());
        }

        private YamlNode named(NodeEvent event, YamlNode node) {
            anchor(event).ifPresent(name -> anchors.put(name, node));
            return node;
        }

        private static boolean marked(NodeEvent event, Optional<String> tag) {
            return event.getAnchor().isPresent() || tag.isPresent();
        }

        private YamlNode.Place place(int first, int last, boolean marked) {
            Mark start = events.get(first).getStartMark().orElseThrow();
            Mark end = events.get(last).getEndMark().orElseThrow();
            return new YamlNode.Place(
                    unit(start.getIndex()), unit(end.getIndex()), start.getLine() + 1, first, last, marked);
        }

        /** The index in the string: the parser counts code points, a string counts UTF-16 units. */
        private int unit(int character) {
            return oneUnitPerCharacter ? character : text.offsetByCodePoints(0, character);
        }
    }
}
