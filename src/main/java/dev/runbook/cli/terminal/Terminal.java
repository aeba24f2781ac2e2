package dev.runbook.cli.terminal;

import dev.runbook.cli.options.OutputOptions;
import dev.runbook.model.Problem;
import dev.runbook.plan.Plan;
import dev.runbook.report.PlanText;
import dev.runbook.report.ProblemText;
import dev.runbook.report.Style;
import dev.runbook.report.github.Annotations;
import dev.runbook.report.line.Line;
import dev.runbook.report.line.LineWriter;
import dev.runbook.report.line.PlanLineMapper;
import dev.runbook.report.line.ProblemLineMapper;
import dev.runbook.report.live.LiveRow;
import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The output of a command to the operator, or with {@code --json} to a program. Results go to standard output and problems
 * to standard error; for a program standard output holds JSON Lines only, and text for the operator goes to standard error.
 */
public final class Terminal {
    private final PrintStream out;
    private final PrintStream err;
    private final Style style;
    private final boolean json;
    private final Optional<Annotations> annotations;
    private final Optional<Screen> screen;

    public Terminal(PrintStream out, PrintStream err, Style style, boolean json, Optional<Annotations> annotations) {
        this(out, err, style, json, annotations, Optional.empty());
    }

    /** @param screen empty where nothing can be redrawn */
    Terminal(
            PrintStream out,
            PrintStream err,
            Style style,
            boolean json,
            Optional<Annotations> annotations,
            Optional<Screen> screen) {
        this.screen = screen;
        this.out = out;
        this.err = err;
        this.style = style;
        this.json = json;
        this.annotations = annotations;
    }

    /** The terminal of this process; colour only on a terminal, and never when NO_COLOR is set (no-color.org). */
    public static Terminal ofProcess(OutputOptions options) {
        boolean colour = !options.noColour() && isTerminal() && System.getenv("NO_COLOR") == null;
        var style = colour ? Style.COLOUR : Style.PLAIN;
        boolean redraws = isTerminal() && !options.json() && movesCursor(System.getenv("TERM"));
        return new Terminal(
                System.out,
                System.err,
                style,
                options.json(),
                CiServer.ofEnvironment().annotations(),
                redraws ? Optional.of(ProcessScreen.of(style)) : Optional.empty());
    }

    private static boolean movesCursor(@Nullable String kind) {
        return kind != null && !kind.isEmpty() && !kind.equals("dumb");
    }

    private static boolean isTerminal() {
        return console().isPresent();
    }

    /** The console, if it is a terminal. JDK 25 gives none without a terminal, JDK 22 to 24 gave one that reads nothing. */
    @SuppressWarnings("SystemConsoleNull")
    public static Optional<Console> console() {
        var console = System.console();
        return console != null && console.isTerminal() ? Optional.of(console) : Optional.empty();
    }

    public Style style() {
        return style;
    }

    /** Whether a program reads the output. */
    public boolean json() {
        return json;
    }

    /** Whether a block of rows can be redrawn at the end of the output. */
    public boolean isLive() {
        return screen.isPresent();
    }

    /** Draws a block below all that is printed; for a number of rows at most, the rows. Does nothing in a pipe. */
    void show(IntFunction<List<LiveRow>> block) {
        screen.ifPresent(terminal -> terminal.show(block));
    }

    void redraw() {
        screen.ifPresent(Screen::redraw);
    }

    /** The only way to print. */
    private void print(PrintStream stream, String text) {
        if (screen.isPresent()) {
            screen.get().print(stream, text);
        } else {
            stream.print(text);
            stream.flush();
        }
    }

    private void printLine(PrintStream stream, String text) {
        print(stream, text + System.lineSeparator());
    }

    /** Prints a line for the operator. */
    public void line(String text) {
        printLine(json ? err : out, text);
    }

    /** Prints lines for the operator. */
    public void lines(List<String> lines) {
        if (!lines.isEmpty()) {
            line(String.join(System.lineSeparator(), lines));
        }
    }

    /** Prints a line of JSON for programs. */
    public void emit(Line line) {
        if (json) {
            printLine(out, LineWriter.write(line));
        }
    }

    /** Prints a plan for the operator or for programs. */
    public void plan(Plan plan) {
        emit(PlanLineMapper.of(plan));
        if (!json) {
            lines(new PlanText(style).lines(plan));
            line("");
        }
    }

    /** Prints a result that is a document, the same for the operator and for programs. */
    public void document(String text) {
        print(out, text);
    }

    /** Prints progress to standard error while standard output holds a result. */
    public void note(String text) {
        printLine(err, text);
    }

    public void problems(List<Problem> problems) {
        if (json) {
            problems.forEach(problem -> emit(ProblemLineMapper.of(problem)));
        } else if (!problems.isEmpty()) {
            print(err, ProblemText.of(problems, style == Style.COLOUR));
        }
        // GitHub's runner also reads commands from standard error, where they disturb no parser.
        annotations.ifPresent(all -> problems.forEach(problem -> printLine(err, all.of(problem))));
    }

    /** Reports an error without a place in a file to the CI server. */
    public void annotate(String title, String text) {
        if (annotations.isPresent()) {
            printLine(err, Annotations.error(title, text));
        }
    }

    /**
     * Asks for confirmation, which is the whole word yes.
     *
     * @return false on any other answer, or without a terminal
     */
    public boolean confirm(String question) {
        var console = console();
        if (console.isEmpty()) {
            printLine(err, "runbook: there is no terminal to confirm on; try --yes to confirm in advance");
            return false;
        }
        screen.ifPresent(Screen::hold);
        var answer = console.get().readLine("%s [yes/no] ", question);
        unasked();
        return answer != null && answer.strip().equals("yes");
    }

    /** No answer is waited for any more. */
    void unasked() {
        screen.ifPresent(Screen::release);
    }
}
