package dev.runbook.load.inventory;

import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Entry;
import dev.runbook.yaml.YamlValue.Kind;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import dev.runbook.yaml.YamlValue.Sequence;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Values of INI inventories, which Ansible gives to Python's {@code ast.literal_eval}: numbers, quoted texts, True, False,
 * None, lists, tuples, sets and dictionaries of these. Any other text is a text.
 */
final class PythonLiteral {
    private static final int MAXIMUM_DEPTH = 50;

    private static final Pattern NUMBER = Pattern.compile("(?i)(?<hex>0x(?:_?[0-9a-f])+)"
            + "|(?<octal>0o(?:_?[0-7])+)"
            + "|(?<binary>0b(?:_?[01])+)"
            + "|(?<float>(?:\\d(?:_?\\d)*)?\\.\\d(?:_?\\d)*(?:e[+-]?\\d(?:_?\\d)*)?"
            + "|\\d(?:_?\\d)*\\.(?:e[+-]?\\d(?:_?\\d)*)?"
            + "|\\d(?:_?\\d)*e[+-]?\\d(?:_?\\d)*)"
            + "|(?<int>0(?:_?0)*|[1-9](?:_?\\d)*)");

    /** Creates values with the position of the literal. */
    interface ValueFactory {
        Scalar scalar(String text, Kind kind);
    }

    /** The text is no literal. */
    private static final class NoLiteral extends Exception {
        private static final long serialVersionUID = 1;

        NoLiteral() {
            super("no literal", null, false, false);
        }
    }

    private final String text;
    private final ValueFactory factory;
    private int at;

    private PythonLiteral(String text, ValueFactory factory) {
        this.text = text;
        this.factory = factory;
    }

    /** The value, or the text itself where it is no literal. */
    static YamlValue parse(String text, ValueFactory factory) {
        try {
            return new PythonLiteral(text, factory).whole();
        } catch (NoLiteral ordinary) {
            return string(text, factory);
        }
    }

    /** A text; a template is opaque, because only Ansible can read it. */
    private static Scalar string(String text, ValueFactory factory) {
        return factory.scalar(text, text.contains("{{") || text.contains("{%") ? Kind.OPAQUE : Kind.STRING);
    }

    private YamlValue whole() throws NoLiteral {
        skip();
        var first = value(0);
        List<YamlValue> items = new ArrayList<>(List.of(first));
        var isTuple = false;
        while (next(',')) {
            isTuple = true;
            if (at == text.length()) {
                break;
            }
            items.add(value(0));
        }
        if (at < text.length()) {
            throw new NoLiteral();
        }
        return isTuple ? sequence(items) : first;
    }

    private YamlValue value(int depth) throws NoLiteral {
        if (depth > MAXIMUM_DEPTH || at == text.length()) {
            throw new NoLiteral();
        }
        return switch (text.charAt(at)) {
            case '[' -> sequence(items(']', depth));
            case '(' -> parenthesised(depth);
            case '{' -> braces(depth);
            case '\'', '"' -> quoted();
            default -> atom();
        };
    }

    private Sequence sequence(List<YamlValue> items) {
        return new Sequence(factory.scalar("", Kind.STRING).position(), items);
    }

    private List<YamlValue> items(char closing, int depth) throws NoLiteral {
        List<YamlValue> items = new ArrayList<>();
        at++;
        skip();
        while (!next(closing)) {
            items.add(value(depth + 1));
            if (!next(',')) {
                require(closing);
                break;
            }
        }
        return items;
    }

    private YamlValue parenthesised(int depth) throws NoLiteral {
        var start = at;
        var items = items(')', depth);
        var isOne = items.size() == 1
                && !text.substring(start, at).replaceAll("[\\s)]+$", "").endsWith(",");
        return isOne ? items.getFirst() : sequence(items);
    }

    private YamlValue braces(int depth) throws NoLiteral {
        at++;
        skip();
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<YamlValue> items = new ArrayList<>();
        while (!next('}')) {
            var key = value(depth + 1);
            if (items.isEmpty() && next(':')) {
                if (!(key instanceof Scalar name)) {
                    throw new NoLiteral();
                }
                entries.put(name.text(), new Entry(name, value(depth + 1)));
            } else if (entries.isEmpty()) {
                items.add(key);
            } else {
                throw new NoLiteral();
            }
            if (!next(',')) {
                require('}');
                break;
            }
        }
        return items.isEmpty()
                ? new Mapping(factory.scalar("", Kind.STRING).position(), List.copyOf(entries.values()))
                : sequence(items);
    }

    /** Adjacent strings are concatenated. */
    private Scalar quoted() throws NoLiteral {
        var value = new StringBuilder();
        while (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
            var string = new PythonString(text, at).read().orElseThrow(NoLiteral::new);
            value.append(string.value());
            at = string.end();
            skip();
        }
        return string(value.toString(), factory);
    }

    private Scalar atom() throws NoLiteral {
        for (var word : List.of("True", "False", "None")) {
            if (text.startsWith(word, at) && !isWordAt(at + word.length())) {
                at += word.length();
                skip();
                return word.equals("None") ? factory.scalar("", Kind.NULL) : factory.scalar(word, Kind.BOOL);
            }
        }
        var sign = text.charAt(at) == '-' || text.charAt(at) == '+' ? text.substring(at, at + 1) : "";
        at += sign.length();
        skip();
        var number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt() || isWordAt(number.end())) {
            throw new NoLiteral();
        }
        at = number.end();
        skip();
        var digits = number.group().replace("_", "");
        var minus = sign.equals("-") ? "-" : "";
        if (number.group("float") != null) {
            return factory.scalar(minus + digits, Kind.FLOAT);
        }
        var radix = number.group("hex") != null ? 16 : number.group("octal") != null ? 8 : 2;
        var whole = number.group("int") != null ? new BigInteger(digits) : new BigInteger(digits.substring(2), radix);
        var shown = (minus.isEmpty() ? whole : whole.negate()).toString();
        // A number that does not fit a long (an account id, a hash) stays text.
        return factory.scalar(shown, whole.bitLength() < Long.SIZE ? Kind.INT : Kind.STRING);
    }

    private boolean isWordAt(int index) {
        return index < text.length()
                && (Character.isLetterOrDigit(text.charAt(index)) || "_.".indexOf(text.charAt(index)) >= 0);
    }

    private boolean next(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            skip();
            return true;
        }
        return false;
    }

    private void require(char wanted) throws NoLiteral {
        if (!next(wanted)) {
            throw new NoLiteral();
        }
    }

    /** White space, and a comment up to the end. */
    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '#') {
            at = text.length();
        }
    }
}
