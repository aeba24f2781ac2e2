package dev.runbook.yaml;

import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/**
 * Translates the parser's errors to problems that name the mistake. Errors are distinguished by their text, because the
 * parser has one type for all; the text of an unknown error is kept.
 */
final class SyntaxProblem {
    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");

    private SyntaxProblem() {}

    static Problem of(MarkedYamlEngineException error, SourceText source) {
        var words = error.getProblem();
        var context = Optional.ofNullable(error.getContext()).orElse("");
        var at = error.getProblemMark().map(source::at).orElseGet(() -> source.position(0, 0, 1));
        var opened = error.getContextMark().map(source::at).orElse(at);

        if (words.startsWith("found character '\\t")) {
            return problem("yaml-tab", at, "a tab cannot indent YAML", "use spaces");
        }
        if (words.startsWith("found character")) {
            var character = at.lineText()
                    .substring(
                            at.column() - 1, Math.min(at.column(), at.lineText().length()));
            return problem(at, "a value cannot begin with " + character, "put the value in quotes");
        }
        if (words.startsWith("mapping values are not allowed")) {
            return problem(
                    at,
                    "this colon makes a mapping where no mapping is allowed",
                    "quote the value if the colon belongs to it; else check the indentation of this line and the one"
                            + " above");
        }
        if (words.startsWith("sequence entries are not allowed")) {
            return problem(at, "a list cannot begin on the line of its key", "begin the list on a line of its own");
        }
        if (words.startsWith("found unknown escape")) {
            return problem(
                    at,
                    "this escape does not exist in double quotes",
                    "use single quotes, or write the backslash twice");
        }
        if (words.contains("unexpected end of stream") && context.contains("quoted scalar")) {
            return problem(opened, "the quote that opens here is not closed", "close it");
        }
        if (context.contains("scanning an alias") || context.contains("scanning an anchor")) {
            return problem(opened, "a name is expected right after * or &", "quote the value, as in \"*\"");
        }
        if (context.contains("scanning a block scalar")) {
            return problem(
                    at, "the text after | or > begins on the next line", "quote the value if it is meant to begin so");
        }
        if (words.startsWith("expected '<document start>'")) {
            return problem(at, "the document has ended before this", "check the indentation");
        }
        if (words.startsWith("could not find expected ':'")) {
            return problem(opened, "a key and a colon are expected here", "write key: value, or check the indentation");
        }
        if (context.contains("flow sequence") || context.contains("flow mapping")) {
            return flow(context.contains("sequence") ? "]" : "}", at, opened);
        }
        if (words.startsWith("expected <block end>")) {
            return block(found(words), at, opened);
        }
        if (words.startsWith("expected the node content")) {
            return problem(at, "a value is expected here", "quote it if it is meant as text");
        }
        return problem(at, "this is not YAML: " + words.replace('\n', ' '), "");
    }

    static Problem ofCharacter(String text, ReaderException error, SourceText source) {
        // The reader reports an offset in code points of its own buffer, so the character itself is searched.
        var offset = text.indexOf(Character.toString(error.getCodePoint()));
        var before = text.substring(0, Math.max(0, offset));
        var line = (int) before.chars().filter(character -> character == '\n').count();
        return problem(
                source.position(line, before.length() - before.lastIndexOf('\n') - 1, 1),
                String.format("the character U+%04X is not allowed in YAML", error.getCodePoint()),
                "write it as an escape in double quotes, or remove it");
    }

    static Problem of(TooDeep error) {
        return problem(error.position(), "this is nested too deeply", "");
    }

    private static Problem flow(String closing, Position at, Position opened) {
        return at.line() == opened.line()
                ? problem(at, "a comma or " + closing + " is expected here", "quote the value if this belongs to it")
                : problem(opened, "the bracket that opens here is not closed", "close it with " + closing);
    }

    private static Problem block(String found, Position at, Position opened) {
        return switch (found) {
            case "<scalar>", "<alias>", "<anchor>" ->
                problem(at, "the value has ended before this", "quote the whole value");
            case "-" -> problem(at, "a list item is among the keys of a mapping", "check the indentation");
            default ->
                problem(
                        at,
                        "the indentation of this line matches no block above it",
                        "check its indentation; the block around it begins in line " + opened.line());
        };
    }

    private static String found(String words) {
        Matcher matcher = QUOTED.matcher(words);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static Problem problem(Position position, String summary, String next) {
        return problem("yaml-syntax", position, summary, next);
    }

    private static Problem problem(String code, Position position, String summary, String next) {
        return Problem.at(position, code, summary, next);
    }
}
