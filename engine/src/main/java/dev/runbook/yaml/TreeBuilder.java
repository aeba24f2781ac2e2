package dev.runbook.yaml;

import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlValue.Entry;
import dev.runbook.yaml.YamlValue.Kind;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import dev.runbook.yaml.YamlValue.Sequence;
import dev.runbook.yaml.YamlValue.Style;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Builds the tree from the parser's events, and continues after errors that are not of syntax. */
final class TreeBuilder {
    private static final int MAXIMUM_DEPTH = 64;

    private final SourceText source;
    private final Dialect dialect;
    private final Consumer<Problem> problems;
    private final Aliases aliases;
    private final MappingBuilder mappings;

    TreeBuilder(SourceText source, Dialect dialect, Consumer<Problem> problems) {
        this.source = source;
        this.dialect = dialect;
        this.problems = problems;
        aliases = new Aliases(problems);
        mappings = new MappingBuilder(dialect, problems);
    }

    Optional<YamlValue> document(Iterator<Event> events) {
        Optional<YamlValue> root = Optional.empty();
        while (events.hasNext()) {
            var event = events.next();
            switch (event.getEventId()) {
                case DocumentStart -> {
                    if (root.isPresent()) {
                        problems.accept(Problem.at(
                                position(event),
                                "yaml-several-documents",
                                "a second document begins here",
                                "keep one document a file"));
                        return root;
                    }
                }
                case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                case Alias, Scalar, SequenceStart, SequenceEnd, MappingStart, MappingEnd ->
                    root = Optional.of(value(event, events, 0));
            }
        }
        return Optional.of(root.orElseGet(() -> nothing(source.position(0, 0, 1))));
    }

    private YamlValue value(Event event, Iterator<Event> events, int depth) {
        aliases.count(position(event));
        if (event instanceof AliasEvent alias) {
            return aliases.resolve(alias.getAlias().getValue(), position(event))
                    .orElseGet(() -> nothing(position(event)));
        }
        var anchor = ((NodeEvent) event).getAnchor().map(Object::toString);
        anchor.ifPresent(aliases::open);
        var before = aliases.counted();
        var value = build(event, events, depth);
        anchor.ifPresent(name -> aliases.close(name, value, aliases.counted() - before));
        return value;
    }

    private YamlValue build(Event event, Iterator<Event> events, int depth) {
        if (depth == MAXIMUM_DEPTH) {
            // Not a problem beside others, because to continue would nest deeper.
            throw new TooDeep(position(event));
        }
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        if (event instanceof SequenceStartEvent sequence) {
            var items = new ArrayList<YamlValue>();
            for (var next = events.next(); !(next instanceof CollectionEndEvent); next = events.next()) {
                items.add(value(next, events, depth + 1));
            }
            return tagged(new Sequence(position(event), items), sequence.getTag());
        }
        var mapping = (MappingStartEvent) event;
        var pairs = new ArrayList<MappingBuilder.Pair>();
        for (var next = events.next(); !(next instanceof CollectionEndEvent); next = events.next()) {
            var key = value(next, events, depth + 1);
            pairs.add(new MappingBuilder.Pair(key, value(events.next(), events, depth + 1)));
        }
        var start = mapping.isFlow() || pairs.isEmpty()
                ? position(event)
                : pairs.getFirst().key().position();
        List<Entry> entries = mappings.entries(pairs);
        return tagged(new Mapping(start, entries), mapping.getTag());
    }

    private Scalar scalar(ScalarEvent event) {
        var style = switch (event.getScalarStyle()) {
            case PLAIN -> Style.PLAIN;
            case SINGLE_QUOTED -> Style.SINGLE_QUOTED;
            case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> Style.DOUBLE_QUOTED;
            case LITERAL, FOLDED -> Style.BLOCK;
        };
        var start = start(event);
        var lines = new ScalarSource(source, start.getLine(), source.utf16(start.getLine(), start.getColumn()));
        return new Scalar(
                position(event),
                event.getValue(),
                style,
                kind(event),
                event.getTag().map(Tags::shown),
                lines);
    }

    private Kind kind(ScalarEvent event) {
        var text = event.getValue();
        if (event.getTag().isPresent()) {
            var tag = event.getTag().get();
            if (!Tags.isCore(tag)) {
                refuseTag(tag, position(event));
                return Kind.OPAQUE;
            }
            return Tags.kind(tag, text).orElseGet(() -> {
                problems.accept(Problem.at(
                        position(event), "yaml-tag", "\"" + text + "\" is not of the type " + Tags.shown(tag), ""));
                return Kind.STRING;
            });
        }
        if (dialect == Dialect.INVENTORY && (text.contains("{{") || text.contains("{%"))) {
            return Kind.OPAQUE;
        }
        return event.isPlain() ? ScalarKinds.ofPlain(text, dialect) : Kind.STRING;
    }

    /** Collections with a custom tag are opaque, like scalars with one. */
    private YamlValue tagged(YamlValue value, Optional<String> tag) {
        if (tag.isEmpty() || Tags.isCore(tag.get())) {
            return value;
        }
        refuseTag(tag.get(), value.position());
        return new Scalar(
                value.position(),
                "",
                Style.PLAIN,
                Kind.OPAQUE,
                tag.map(Tags::shown),
                new ScalarSource(
                        source, value.position().line() - 1, value.position().column() - 1));
    }

    private void refuseTag(String tag, Position position) {
        if (dialect == Dialect.RUNBOOK) {
            problems.accept(Problem.at(
                    position, "yaml-tag", "the tag " + Tags.shown(tag) + " is not allowed here", "leave the tag out"));
        }
    }

    private Scalar nothing(Position position) {
        var lines = new ScalarSource(source, position.line() - 1, position.column() - 1);
        return new Scalar(position, "", Style.PLAIN, Kind.NULL, Optional.empty(), lines);
    }

    private Position position(Event event) {
        var end = event.getEndMark().orElseThrow();
        return event instanceof ScalarEvent scalar && (scalar.isLiteral() || scalar.isFolded())
                ? source.at(start(event))
                : source.between(start(event), end);
    }

    private static Mark start(Event event) {
        return event.getStartMark().orElseThrow();
    }
}
