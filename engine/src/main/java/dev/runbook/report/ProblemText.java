package dev.runbook.report;

import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.model.Severity;
import java.util.List;
import java.util.stream.Collectors;

/** Text of problems: the place in the form that editors link, the line with a mark below it, and the remedy. */
public final class ProblemText {
    private static final int WIDEST_LINE = 110;
    private static final String RED = "\u001B[1;31m";
    private static final String YELLOW = "\u001B[1;33m";
    private static final String DIM = "\u001B[2m";
    private static final String BOLD = "\u001B[1m";
    private static final String RESET = "\u001B[0m";

    private final boolean colour;

    private ProblemText(boolean colour) {
        this.colour = colour;
    }

    /** All problems, separated by an empty line; ends with a line break unless there are none. */
    public static String of(List<Problem> problems, boolean colour) {
        var text = new ProblemText(colour);
        return problems.stream().map(text::one).collect(Collectors.joining("\n"));
    }

    private String one(Problem problem) {
        var where = switch (problem.where()) {
            case Problem.Where.InText(var position) -> printable(position.toString()) + ": ";
            case Problem.Where.OnHost(var host, var step) ->
                printable(host + step.map(name -> ", step \"" + name + "\"").orElse("")) + ": ";
            case Problem.Where.InCall() -> "";
        };
        var label = painted(colourOf(problem.severity()), problem.severity().word() + "[" + problem.code() + "]");
        var text = new StringBuilder(painted(BOLD, where) + label + ": " + printable(problem.summary()) + "\n");
        if (problem.where() instanceof Problem.Where.InText(var position)) {
            text.append(excerpt(position, colourOf(problem.severity())));
        }
        if (!problem.next().isEmpty()) {
            text.append("  = ").append(printable(problem.next())).append("\n");
        }
        return text.toString();
    }

    private String excerpt(Position position, String markColour) {
        if (position.lineText().isBlank()) {
            return "";
        }
        var number = Integer.toString(position.line());
        var start = firstShown(position);
        var shown = position.lineText().substring(start);
        var cut = shown.length() > WIDEST_LINE ? shown.substring(0, WIDEST_LINE) + "..." : shown;
        var left = start > 0 ? "..." : "";
        var before = printable(left + shown.substring(0, Math.min(position.column() - 1 - start, shown.length())));
        var marks = Math.min(position.length(), Math.max(1, cut.length() + left.length() - before.length()));
        return painted(DIM, " " + number + " | ") + printable(left + cut) + "\n"
                + painted(DIM, " " + " ".repeat(number.length()) + " | ") + blank(before)
                + painted(markColour, "^".repeat(marks)) + "\n";
    }

    /** Start of the shown text: a very long line is shown from shortly before the mark. */
    private static int firstShown(Position position) {
        return position.column() + position.length() <= WIDEST_LINE
                ? 0
                : Math.max(
                        0, Math.min(position.column() - 1, position.lineText().length()) - 40);
    }

    /** As wide on a terminal as the text above it. */
    private static String blank(String before) {
        return before.codePoints()
                .mapToObj(character -> character == '\t' ? "\t" : " ")
                .collect(Collectors.joining());
    }

    /** Replaces control characters, because the text of a file must not control the terminal. */
    private static String printable(String text) {
        return text.codePoints()
                .map(character -> character != '\t' && Character.isISOControl(character) ? '\uFFFD' : character)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private String painted(String colourCode, String text) {
        return colour && !text.isEmpty() ? colourCode + text + RESET : text;
    }

    private static String colourOf(Severity severity) {
        return switch (severity) {
            case ERROR -> RED;
            case WARNING -> YELLOW;
        };
    }
}
