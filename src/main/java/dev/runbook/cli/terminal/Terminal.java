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
import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

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

    public Terminal(PrintStream out, PrintStream err, Style style, boolean json, Optional<Annotations> annotations) {
        this.out = out;
        this.err = err;
        this.style = style;
        this.json = json;
        this.annotations = annotations;
    }

    /** The terminal of this process; colour only on a terminal, and never when NO_COLOR is set (no-color.org). */
    public static Terminal ofProcess(OutputOptions options) {
        boolean colour = !options.noColour() && isTerminal() && System.getenv("NO_COLOR") == null;
        return new Terminal(
                System.out,
                System.err,
                colour ? Style.COLOUR : Style.PLAIN,
                options.json(),
                CiServer.ofEnvironment().annotations());
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

    /** Prints a line for the operator. */
    public void line(String text) {
        (json ? err : out).println(text);
    }

    /** Prints lines for the operator. */
    public void lines(List<String> lines) {
        lines.forEach(this::line);
    }

    /** Prints a line of JSON for programs. */
    public void emit(Line line) {
        if (json) {
            out.println(LineWriter.write(line));
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
        out.print(text);
        out.flush();
    }

    /** Prints progress to standard error while standard output holds a result. */
    public void note(String text) {
        err.println(text);
    }

    public void problems(List<Problem> problems) {
        if (json) {
            problems.forEach(problem -> emit(ProblemLineMapper.of(problem)));
        } else if (!problems.isEmpty()) {
            err.print(ProblemText.of(problems, style == Style.COLOUR));
        }
        // GitHub's runner also reads commands from standard error, where they disturb no parser.
        annotations.ifPresent(all -> problems.forEach(problem -> err.println(all.of(problem))));
    }

    /** Reports an error without a place in a file to the CI server. */
    public void annotate(String title, String text) {
        if (annotations.isPresent()) {
            err.println(Annotations.error(title, text));
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
            err.println("runbook: there is no terminal to confirm on; try --yes to confirm in advance");
            return false;
        }
        var answer = console.get().readLine("%s [yes/no] ", question);
        return answer != null && answer.strip().equals("yes");
    }
}
