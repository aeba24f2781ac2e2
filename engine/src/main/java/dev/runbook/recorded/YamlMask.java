package dev.runbook.recorded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Masks secrets in a manifest or a configuration file and leaves every other byte. Recognizes by name: the value of a key, of
 * a flag, and of an entry with {@code name} and {@code value}, as containers have them for variables and headers.
 */
final class YamlMask {
    private static final String LEFT_OUT =
            "# left out: the file is not YAML, so sensitive values in it cannot be found\n";

    private final String text;
    private final Map<String, ScalarEvent> anchors = new HashMap<>();
    private final Map<ScalarEvent, String> replacements = new HashMap<>();
    private final Map<CommentEvent, String> comments = new HashMap<>();
    private final Deque<Frame> open = new ArrayDeque<>();

    /** An open collection: a mapping's scalars by key, or the last item of a list. */
    private static final class Frame {
        private final boolean mapping;
        private final Map<String, ScalarEvent> scalars = new HashMap<>();
        private Optional<ScalarEvent> before = Optional.empty();
        private boolean keyIsRead;

        Frame(boolean mapping) {
            this.mapping = mapping;
        }
    }

    private YamlMask(String text) {
        this.text = text;
    }

    static String masked(String text) {
        try {
            var mask = new YamlMask(text);
            for (var event : parsed(text)) {
                mask.accept(event);
            }
            var masked = mask.spliced();
            // If the result cannot be parsed, the masking has failed.
            parsed(masked).forEach(_ -> {});
            return masked;
        } catch (YamlEngineException malformed) {
            return LEFT_OUT;
        }
    }

    private static Iterable<Event> parsed(String text) {
        // In one read, because snakeyaml-engine 3.0.1 fails where its buffer ends between the halves of a character.
        var settings = LoadSettings.builder()
                .setUseMarks(true)
                .setParseComments(true)
                .setBufferSize(text.length() + 1)
                .build();
        return new Parse(settings).parseString(text);
    }

    private void accept(Event event) {
        switch (event) {
            case CommentEvent comment -> {
                var masked = SecretNames.comment(comment.getValue());
                if (!masked.equals(comment.getValue())) {
                    comments.put(comment, "#" + masked);
                }
            }
            case ScalarEvent scalar -> {
                scalar.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), scalar));
                child(Optional.of(scalar));
            }
            case AliasEvent alias ->
                child(Optional.ofNullable(anchors.get(alias.getAlias().getValue())));
            case CollectionStartEvent start -> {
                child(Optional.empty());
                open.push(new Frame(start instanceof MappingStartEvent));
            }
            case CollectionEndEvent _ -> nameAndValue(open.pop());
            default -> {}
        }
    }

    private void child(Optional<ScalarEvent> scalar) {
        scalar.ifPresent(this::withinText);
        var frame = open.peek();
        if (frame == null) {
            return;
        }
        if (!frame.mapping) {
            flagBefore(frame, scalar);
            frame.before = scalar;
        } else if (frame.keyIsRead) {
            frame.keyIsRead = false;
            if (frame.before.isPresent() && scalar.isPresent()) {
                var key = frame.before.get().getValue();
                frame.scalars.put(key, scalar.get());
                hideIf(SecretNames.hides(key, scalar.get().getValue()), scalar.get());
            }
        } else {
            frame.keyIsRead = true;
            frame.before = scalar;
        }
    }

    private void withinText(ScalarEvent scalar) {
        var masked = SecretNames.masked(scalar.getValue());
        if (!masked.equals(scalar.getValue())) {
            var quoted = "'" + masked.replace("'", "''") + "'";
            replacements.putIfAbsent(
                    scalar, masked.lines().count() == 1 && !masked.endsWith("\n") ? quoted : SecretNames.MASK);
        }
    }

    /** Masks the value after {@code --password}, each an item of its own. */
    private void flagBefore(Frame list, Optional<ScalarEvent> item) {
        if (item.isPresent()
                && list.before.isPresent()
                && list.before.get().getValue().startsWith("-")) {
            var flag = list.before.get().getValue().replaceFirst("^-+", "");
            hideIf(
                    !flag.contains("=")
                            && !item.get().getValue().startsWith("-")
                            && SecretNames.hides(flag, item.get().getValue()),
                    item.get());
        }
    }

    /** Masks variables and headers. Variables of etcd itself are flags, and recorded like flags. */
    private void nameAndValue(Frame frame) {
        var name = frame.scalars.get("name");
        var value = frame.scalars.get("value");
        if (name != null && value != null) {
            boolean ofEtcd = name.getValue().startsWith("ETCD_");
            hideIf(!ofEtcd || SecretNames.hides(name.getValue(), value.getValue()), value);
        }
    }

    private void hideIf(boolean hidden, ScalarEvent scalar) {
        if (hidden) {
            replacements.put(scalar, SecretNames.MASK);
        }
    }

    private String spliced() {
        var splices = new TreeMap<Integer, Map.Entry<Integer, String>>();
        replacements.forEach((scalar, replacement) -> {
            var anchor =
                    scalar.getAnchor().map(name -> "&" + name.getValue() + " ").orElse("");
            var end = index(scalar.getEndMark().orElseThrow().getIndex());
            boolean block = end > 0 && text.charAt(end - 1) == '\n';
            splices.put(
                    index(scalar.getStartMark().orElseThrow().getIndex()),
                    Map.entry(end, anchor + replacement + (block ? "\n" : "")));
        });
        comments.forEach((comment, replacement) -> splices.put(
                index(comment.getStartMark().orElseThrow().getIndex()),
                Map.entry(index(comment.getEndMark().orElseThrow().getIndex()), replacement)));
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (var splice : splices.entrySet()) {
            parts.add(text.substring(from, splice.getKey()));
            parts.add(splice.getValue().getValue());
            from = splice.getValue().getKey();
        }
        parts.add(text.substring(from));
        return String.join("", parts);
    }

    /** The parser counts characters, a string counts UTF-16 units. */
    private int index(int characters) {
        return text.offsetByCodePoints(0, characters);
    }
}
