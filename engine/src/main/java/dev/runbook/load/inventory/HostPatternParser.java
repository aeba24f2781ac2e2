package dev.runbook.load.inventory;

import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlValue.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads host patterns from a runbook or from the command line. */
public final class HostPatternParser {
    /** As in Ansible: one position, or a first and a last one, both inclusive. */
    private static final Pattern POSITIONS = Pattern.compile("(.+)\\[(?:(-?\\d+)|(\\d+):(\\d*))]");

    private static final Pattern SUBSCRIPT = Pattern.compile(".+\\[-?\\d*([:-]-?\\d*)?]");

    /** The place of a part of the text. */
    private interface PlaceFinder {
        PatternTerm.Place at(int offset, int length);
    }

    private final Consumer<Problem> problems;

    public HostPatternParser(Consumer<Problem> problems) {
        this.problems = problems;
    }

    /** Empty when a problem was reported. */
    public Optional<HostPattern> parse(Scalar scalar) {
        return parse(
                scalar.text(),
                (offset, length) -> new PatternTerm.Place(new Problem.Where.InText(scalar.within(offset, length))));
    }

    /** From a flag such as {@code --limit}. */
    public Optional<HostPattern> parseCall(String text) {
        return parse(text, (offset, length) -> new PatternTerm.Place(new Problem.Where.InCall()));
    }

    private Optional<HostPattern> parse(String text, PlaceFinder places) {
        List<PatternTerm> terms = new ArrayList<>();
        var start = 0;
        var nested = 0;
        var failed = false;
        for (var i = 0; i <= text.length(); i++) {
            var character = i == text.length() ? ',' : text.charAt(i);
            nested += "[({".indexOf(character) >= 0 ? 1 : "])}".indexOf(character) >= 0 ? -1 : 0;
            // A range such as [1:3] keeps its colon, and so does a group of a regular expression.
            if (i == text.length() || (nested <= 0 && (character == ',' || character == ':'))) {
                var part = text.substring(start, i);
                if (!part.isBlank()) {
                    var offset = start + part.indexOf(part.strip());
                    var term = term(part.strip(), places.at(offset, part.strip().length()));
                    term.ifPresent(terms::add);
                    failed |= term.isEmpty();
                }
                start = i + 1;
            }
        }
        if (terms.isEmpty() && !failed) {
            problems.accept(places.at(0, Math.max(1, text.length()))
                    .problem("host-pattern", "the host pattern is empty", "name a group, a host, or all"));
        }
        return failed || terms.isEmpty() ? Optional.empty() : Optional.of(new HostPattern(text, terms));
    }

    private Optional<PatternTerm> term(String part, PatternTerm.Place place) {
        var operator = switch (part.charAt(0)) {
            case '&' -> PatternTerm.Operator.AND;
            case '!' -> PatternTerm.Operator.NOT;
            default -> PatternTerm.Operator.ADD;
        };
        var name =
                operator == PatternTerm.Operator.ADD ? part : part.substring(1).strip();
        if (name.isEmpty()) {
            problems.accept(place.problem("host-pattern", "a name is missing after " + part, ""));
            return Optional.empty();
        }
        return matcher(name, place).map(matcher -> new PatternTerm(operator, matcher, place));
    }

    private Optional<PatternTerm.Matcher> matcher(String name, PatternTerm.Place place) {
        if (name.startsWith("~")) {
            // Ansible matches from the start of a name, but not up to its end.
            return like(name, "(?:" + name.substring(1) + ").*", place);
        }
        var positions = POSITIONS.matcher(name);
        if (positions.matches()) {
            return matcher(positions.group(1), place).flatMap(of -> nth(of, name, positions, place));
        }
        if (SUBSCRIPT.matcher(name).matches()) {
            problems.accept(place.problem(
                    "host-pattern",
                    name + " has no valid positions at its end",
                    "write [0] for the first, [-1] for the last, [0:2] for the first three, [1:] for all but"
                            + " the first"));
            return Optional.empty();
        }
        return name.matches("[^*?\\[]+")
                ? Optional.of(new PatternTerm.Matcher.Name(name))
                : like(name, Glob.toRegex(name), place);
    }

    private Optional<PatternTerm.Matcher> nth(
            PatternTerm.Matcher of, String name, Matcher positions, PatternTerm.Place place) {
        try {
            var isSingle = positions.group(2) != null;
            var first = Integer.parseInt(positions.group(isSingle ? 2 : 3));
            var last = isSingle
                    ? first
                    : positions.group(4).isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(positions.group(4));
            return Optional.of(new PatternTerm.Matcher.Nth(of, first, last));
        } catch (NumberFormatException large) {
            problems.accept(place.problem("host-pattern", "a number in " + name + " is too large", ""));
            return Optional.empty();
        }
    }

    private Optional<PatternTerm.Matcher> like(String name, String regex, PatternTerm.Place place) {
        try {
            return Optional.of(new PatternTerm.Matcher.Like(Pattern.compile(regex)));
        } catch (PatternSyntaxException syntax) {
            problems.accept(
                    place.problem("host-pattern", name + " is not a valid pattern: " + syntax.getDescription(), ""));
            return Optional.empty();
        }
    }
}
