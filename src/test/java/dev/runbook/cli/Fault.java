package dev.runbook.cli;

import dev.runbook.fleet.FleetNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Something that goes wrong in a restore, for real, on one host.
 *
 * @param title what goes wrong
 * @param runbook how the shipped runbook is changed: short limits, or a step that does the harm
 * @param prepared what is done to the host beforehand
 * @param mended what a person puts right on the host afterwards, in what is none of the run's business
 * @param step the one that fails
 * @param said what the last lines tell of it
 */
record Fault(
        String title,
        UnaryOperator<RunbookText> runbook,
        String host,
        Consumer<FleetNode> prepared,
        Consumer<FleetNode> mended,
        String step,
        List<String> said) {

    /** Harm that a step of the runbook does, as far as the engine knows by reading only. */
    static Fault inStep(String title, String host, String before, String sh, String step, String... said) {
        return new Fault(
                title, text -> text.before(before, harm(host, sh)), host, _ -> {}, _ -> {}, step, List.of(said));
    }

    Fault limited(String limitedStep, String limit) {
        return with(text -> text.timeout(limitedStep, limit));
    }

    Fault with(UnaryOperator<RunbookText> change) {
        return new Fault(title, text -> change.apply(runbook.apply(text)), host, prepared, mended, step, said);
    }

    Fault preparedBy(String sh) {
        return new Fault(title, runbook, host, doing(sh), mended, step, said);
    }

    Fault mendedBy(String sh) {
        return new Fault(title, runbook, host, prepared, doing(sh), step, said);
    }

    private static Consumer<FleetNode> doing(String sh) {
        return node -> node.exec("set -eu; " + sh).require("'" + sh + "' on " + node.name());
    }

    static final String HARM = "Something goes wrong";

    private static String harm(String host, String sh) {
        return """
            - name: %s
              command:
                argv: [sh, -c, "%s"]
                read_only: true
              when: host.name == "%s"
            """.formatted(HARM, sh.replace("\\", "\\\\").replace("\"", "\\\""), host);
    }

    @Override
    public String toString() {
        return title;
    }
}
