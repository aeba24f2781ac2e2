package dev.runbook.yaml;

import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlValue.Kind;
import dev.runbook.yaml.YamlValue.Scalar;
import dev.runbook.yaml.YamlValue.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/**
 * One YAML document.
 *
 * @param root empty when the text could not be read to its end; a null scalar when it has no content
 * @param problems may exist beside a root: a duplicate key does not hide other problems
 */
public record YamlDocument(Optional<YamlValue> root, List<Problem> problems) {
    /** Enough for an inventory of ten thousand hosts, and not enough to exhaust the memory. */
    static final int MAXIMUM_CHARACTERS = 4 * 1024 * 1024;

    public YamlDocument {
        problems = List.copyOf(problems);
    }

    /**
     * Reads a text. The parser's events are used instead of Jackson's streaming API: Jackson reports where its tokens
     * start, but not where they end, how a scalar is written, or that it carries a tag of an application.
     */
    public static YamlDocument parse(String file, String text, Dialect dialect) {
        var withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var source = new SourceText(file, withoutMark);
        if (withoutMark.length() > MAXIMUM_CHARACTERS) {
            return broken(Problem.at(
                    source.position(0, 0, 1),
                    "yaml-too-large",
                    "the file has " + withoutMark.length() + " characters, more than the " + MAXIMUM_CHARACTERS
                            + " that are read",
                    "check that this is the file you meant"));
        }
        var settings = LoadSettings.builder()
                .setLabel(file)
                .setUseMarks(true)
                .setCodePointLimit(MAXIMUM_CHARACTERS)
                // In one read, because snakeyaml-engine 3.0.1 fails where its buffer ends between the halves of a
                // character.
                .setBufferSize(withoutMark.length() + 1)
                .build();
        var problems = new ArrayList<Problem>();
        try {
            var events = new Parse(settings).parseString(withoutMark).iterator();
            var root = new TreeBuilder(source, dialect, problems::add).document(events);
            return new YamlDocument(root, problems);
        } catch (MarkedYamlEngineException syntax) {
            problems.add(SyntaxProblem.of(syntax, source));
        } catch (TooDeep nested) {
            problems.add(SyntaxProblem.of(nested));
        } catch (ReaderException character) {
            problems.add(SyntaxProblem.ofCharacter(withoutMark, character, source));
        }
        return new YamlDocument(Optional.empty(), problems);
    }

    /** A text that is in no file, such as one from the command line. */
    public static Scalar text(String origin, String text) {
        return scalar(origin, text, Kind.STRING);
    }

    /** A text that is in no file, read as a plain scalar without quotes. */
    public static Scalar plain(String origin, String text, Dialect dialect) {
        return scalar(origin, text, ScalarKinds.ofPlain(text, dialect));
    }

    private static Scalar scalar(String origin, String text, Kind kind) {
        var source = new SourceText(origin, text);
        var position = source.position(0, 0, Math.max(1, source.line(0).length()));
        return new Scalar(position, text, Style.BLOCK, kind, Optional.empty(), new ScalarSource(source, -1, 0));
    }

    private static YamlDocument broken(Problem problem) {
        return new YamlDocument(Optional.empty(), List.of(problem));
    }
}
