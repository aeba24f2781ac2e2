package dev.runbook.cli;

import dev.runbook.cli.options.OutputOptions;
import dev.runbook.journal.JournalCodec;
import dev.runbook.model.Problem;
import dev.runbook.report.ProblemText;
import dev.runbook.report.Style;
import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Where a person reads and answers. Results go to standard output, problems to standard error, or to standard output as JSON. */
public final class Terminal {
    private final PrintStream out;
    private final PrintStream err;
    private final Style style;
    private final boolean json;

    public Terminal(PrintStream out, PrintStream err, Style style, boolean json) {
        this.out = out;
        this.err = err;
        this.style = style;
        this.json = json;
    }

    /** The process's own; colour only on a terminal, and never when NO_COLOR is set (no-color.org). */
    public static Terminal ofProcess(OutputOptions options) {
        boolean colour = !options.noColour() && isTerminal() && System.getenv("NO_COLOR") == null;
        return new Terminal(System.out, System.err, colour ? Style.COLOUR : Style.PLAIN, options.json());
    }

    private static boolean isTerminal() {
        return console().isPresent();
    }

    /** The console, when a person sits at it; JDK 25 gives none at all without a terminal, JDK 22 to 24 gave a deaf one. */
    @SuppressWarnings("SystemConsoleNull")
    static Optional<Console> console() {
        var console = System.console();
        return console != null && console.isTerminal() ? Optional.of(console) : Optional.empty();
    }

    public Style style() {
        return style;
    }

    public void line(String text) {
        out.println(text);
    }

    public void lines(List<String> lines) {
        lines.forEach(out::println);
    }

    /** A whole result, with its line ends. */
    public void text(String text) {
        out.print(text);
        out.flush();
    }

    /** For what is on its way while standard output holds a result. */
    public void note(String text) {
        err.println(text);
    }

    public void problems(List<Problem> problems) {
        if (json) {
            problems.forEach(problem -> out.println(JournalCodec.json(problem)));
        } else if (!problems.isEmpty()) {
            err.print(ProblemText.of(problems, style == Style.COLOUR));
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
