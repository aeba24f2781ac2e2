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
import dev.runbook.report.line.PlanLine;
import dev.runbook.report.line.ProblemLines;
import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * Where a person, or with {@code --json} a program, reads. Results go to standard output and problems to standard error;
 * for a program standard output holds lines of JSON and nothing else, and words for people go to standard error.
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

    /** The process's own; colour only on a terminal, and never when NO_COLOR is set (no-color.org). */
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

    /** The console, when a person sits at it; JDK 25 gives none at all without a terminal, JDK 22 to 24 gave a deaf one. */
    @SuppressWarnings("SystemConsoleNull")
    public static Optional<Console> console() {
        var console = System.console();
        return console != null && console.isTerminal() ? Optional.of(console) : Optional.empty();
    }

    public Style style() {
        return style;
    }

    /** Whether a program reads. */
    public boolean json() {
        return json;
    }

    /** For people. */
    public void line(String text) {
        (json ? err : out).println(text);
    }

    /** For people. */
    public void lines(List<String> lines) {
        lines.forEach(this::line);
    }

    /** For programs. */
    public void emit(Line line) {
        if (json) {
            out.println(LineWriter.write(line));
        }
    }

    /** For either. */
    public void plan(Plan plan) {
        emit(PlanLine.of(plan));
        if (!json) {
            lines(new PlanText(style).lines(plan));
            line("");
        }
    }

    /** A result that is a document, the same for people and programs. */
    public void document(String text) {
        out.print(text);
        out.flush();
    }

    /** For what is on its way while standard output holds a result. */
    public void note(String text) {
        err.println(text);
    }

    public void problems(List<Problem> problems) {
        if (json) {
            problems.forEach(problem -> emit(ProblemLines.of(problem)));
        } else if (!problems.isEmpty()) {
            err.print(ProblemText.of(problems, style == Style.COLOUR));
        }
        // GitHub's runner reads commands from standard error, too, where they disturb no parser.
        annotations.ifPresent(all -> problems.forEach(problem -> err.println(all.of(problem))));
    }

    /** Tells the CI server of an error that stands in no file. */
    public void annotate(String title, String text) {
        if (annotations.isPresent()) {
            err.println(Annotations.error(title, text));
        }
    }

    /**
     * Asks for a yes, in full.
     *
     * @return false when the answer is anything else, or when nobody is there to answer
     */
    public boolean confirmed(String question) {
        var console = console();
        if (console.isEmpty()) {
            err.println("runbook: nobody is there to answer; give --yes to go on without being asked");
            return false;
        }
        var answer = console.get().readLine("%s [yes/no] ", question);
        return answer != null && answer.strip().equals("yes");
    }
}
