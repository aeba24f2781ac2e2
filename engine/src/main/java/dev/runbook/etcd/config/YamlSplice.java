package dev.runbook.etcd.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;

/**
 * Changes one scalar in a YAML text and no other byte. Each change is parsed again and rejected, unless the new text has
 * exactly the old content with that one change.
 */
final class YamlSplice {
    private static final Pattern DASH = Pattern.compile(" *- +");
    private static final Pattern REST_OF_LINE = Pattern.compile("[ \t]*(#[^\r\n]*)?\r?(\n|\\z)");
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{|\\{%|<%");

    private final YamlSource before;
    private final String text;

    YamlSplice(YamlSource before) {
        this.before = before;
        this.text = before.text();
    }

    /** Replaces the value of a scalar, in the same style where possible. */
    String replace(YamlNode node, String value) throws ConfigProblem {
        YamlNode.Scalar scalar = editable(node);
        List<YamlSource.Meaning> expected = new ArrayList<>(before.meaning());
        expected.set(scalar.place().firstEvent(), meaning(value));
        return firstWithMeaning(
                expected,
                value,
                YamlScalars.spellings(value, scalar.style(), scalar.value()),
                spelling -> text.substring(0, scalar.place().start())
                        + spelling
                        + text.substring(scalar.place().end()));
    }

    /** Appends a scalar to a sequence, spelled like the last one. */
    String append(YamlNode.Sequence sequence, String value) throws ConfigProblem {
        refuseMarked(sequence);
        if (sequence.items().isEmpty()) {
            throw new ConfigProblem(
                    "line " + sequence.place().line() + ": the list is empty, so its layout is unknown");
        }
        YamlNode.Scalar last = editable(sequence.items().getLast());
        List<YamlSource.Meaning> expected = new ArrayList<>(before.meaning());
        expected.add(sequence.place().lastEvent(), meaning(value));
        int at = sequence.flow() ? last.place().end() : endOfLine(last.place().end());
        String lead = sequence.flow() ? ", " : lineBreak() + dash(last);
        return firstWithMeaning(
                expected,
                value,
                YamlScalars.spellings(value, last.style(), last.value()),
                spelling -> text.substring(0, at) + lead + spelling + text.substring(at));
    }

    /** Appends a key with a scalar to a mapping. */
    String append(YamlNode.Mapping mapping, String key, String value) throws ConfigProblem {
        refuseMarked(mapping);
        if (mapping.flow() || mapping.entries().isEmpty()) {
            throw new ConfigProblem(
                    "line " + mapping.place().line() + ": a key can only be added to a block mapping with keys");
        }
        YamlNode.Entry last = mapping.entries().getLast();
        List<YamlSource.Meaning> expected = new ArrayList<>(before.meaning());
        expected.addAll(mapping.place().lastEvent(), List.of(meaning(key), meaning(value)));
        int at = endOfLine(lastCharacter(last.value()));
        String indent = " "
                .repeat(last.key().place().start()
                        - startOfLine(last.key().place().start()));
        return firstWithMeaning(
                expected,
                value,
                YamlScalars.spellings(value, ScalarStyle.PLAIN, value),
                spelling -> text.substring(0, at) + lineBreak() + indent + key + ": " + spelling + text.substring(at));
    }

    /** Removes a scalar from a sequence, with its line in a block sequence. */
    String remove(YamlNode.Sequence sequence, int index) throws ConfigProblem {
        refuseMarked(sequence);
        YamlNode.Scalar item = editable(sequence.items().get(index));
        List<YamlSource.Meaning> expected = new ArrayList<>(before.meaning());
        expected.remove(item.place().firstEvent());
        int from = item.place().start();
        int to = item.place().end();
        if (!sequence.flow()) {
            dash(item);
            from = startOfLine(from);
            to = afterLine(item);
            if (to == text.length() && !text.endsWith("\n") && from > 0) {
                from -= lineBreak().length();
            }
        } else if (index + 1 < sequence.items().size()) {
            to = sequence.items().get(index + 1).place().start();
        } else if (index > 0) {
            from = sequence.items().get(index - 1).place().end();
        }
        String after = text.substring(0, from) + text.substring(to);
        return ifMeaning(after, expected)
                .orElseThrow(() -> new ConfigProblem(
                        "line " + item.place().line() + ": '" + item.value() + "' cannot be removed safely"));
    }

    private static YamlSource.Meaning meaning(String value) {
        return new YamlSource.Meaning(Event.ID.Scalar, value, Optional.empty(), Optional.empty());
    }

    private YamlNode.Scalar editable(YamlNode node) throws ConfigProblem {
        refuseMarked(node);
        String line = "line " + node.place().line() + ": ";
        if (!(node instanceof YamlNode.Scalar scalar)) {
            throw new ConfigProblem(line + "expected a text, not a list or mapping");
        }
        if (scalar.style() == ScalarStyle.LITERAL || scalar.style() == ScalarStyle.FOLDED) {
            throw new ConfigProblem(line + "a block scalar (| or >) cannot be edited safely");
        }
        if (TEMPLATE.matcher(scalar.value()).find()) {
            throw new ConfigProblem(line + "'" + scalar.value() + "' is a template");
        }
        return scalar;
    }

    /** An edit inside a node with an anchor would change every place that refers to it. */
    private void refuseMarked(YamlNode node) throws ConfigProblem {
        refuseMarked(before.root(), node.place());
    }

    private static void refuseMarked(YamlNode outer, YamlNode.Place edited) throws ConfigProblem {
        YamlNode.Place place = outer.place();
        if (place.firstEvent() > edited.lastEvent() || place.lastEvent() < edited.firstEvent()) {
            return;
        }
        if (place.marked()) {
            throw new ConfigProblem("line " + place.line()
                    + ": the anchor, alias or tag here means that an edit could change more than one place");
        }
        if (outer instanceof YamlNode.Sequence sequence) {
            for (YamlNode item : sequence.items()) {
                refuseMarked(item, edited);
            }
        } else if (outer instanceof YamlNode.Mapping mapping) {
            for (YamlNode.Entry entry : mapping.entries()) {
                refuseMarked(entry.value(), edited);
            }
        }
    }

    private static String firstWithMeaning(
            List<YamlSource.Meaning> expected, String value, List<String> spellings, UnaryOperator<String> splice)
            throws ConfigProblem {
        WritableValue.check(value);
        for (String spelling : spellings) {
            Optional<String> after = ifMeaning(splice.apply(spelling), expected);
            if (after.isPresent()) {
                return after.get();
            }
        }
        throw new ConfigProblem("the value '" + value + "' cannot be written into the YAML text safely");
    }

    private static Optional<String> ifMeaning(String after, List<YamlSource.Meaning> expected) {
        try {
            return YamlSource.parse(after).meaning().equals(expected) ? Optional.of(after) : Optional.empty();
        } catch (ConfigProblem broken) {
            // This spelling broke the text; the next may not.
            return Optional.empty();
        }
    }

    /** The text of an item's line before the item. */
    private String dash(YamlNode.Scalar item) throws ConfigProblem {
        String lead =
                text.substring(startOfLine(item.place().start()), item.place().start());
        if (!DASH.matcher(lead).matches()) {
            throw new ConfigProblem("line " + item.place().line() + ": the list must have one item a line");
        }
        return lead;
    }

    private int afterLine(YamlNode.Scalar item) throws ConfigProblem {
        Matcher rest = REST_OF_LINE.matcher(text).region(item.place().end(), text.length());
        if (!rest.lookingAt()) {
            throw new ConfigProblem(
                    "line " + item.place().line() + ": more text follows '" + item.value() + "' on its line");
        }
        return rest.end();
    }

    /** Block collections end where the next node starts, so the end is that of their last scalar. */
    private static int lastCharacter(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping
            when !mapping.flow() && !mapping.entries().isEmpty() ->
                lastCharacter(mapping.entries().getLast().value());
            case YamlNode.Sequence sequence
            when !sequence.flow() && !sequence.items().isEmpty() ->
                lastCharacter(sequence.items().getLast());
            case YamlNode.Mapping mapping -> mapping.place().end();
            case YamlNode.Sequence sequence -> sequence.place().end();
            case YamlNode.Scalar scalar -> scalar.place().end();
            case YamlNode.Alias alias -> alias.place().end();
        };
    }

    private int startOfLine(int index) {
        return text.lastIndexOf('\n', index - 1) + 1;
    }

    private int endOfLine(int index) {
        int end = text.indexOf('\n', index);
        if (end < 0) {
            return text.length();
        }
        return end > index && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    private String lineBreak() {
        int end = text.indexOf('\n');
        return end > 0 && text.charAt(end - 1) == '\r' ? "\r\n" : "\n";
    }
}
