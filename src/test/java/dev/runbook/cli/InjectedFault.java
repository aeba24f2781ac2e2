package dev.runbook.cli;

import dev.runbook.cli.testing.RunbookText;
import dev.runbook.fleet.FleetNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A real fault of a restore, on one host.
 *
 * @param title the fault in words
 * @param runbook the change of the shipped runbook: short limits, or a step that injects the fault
 * @param prepare changes the host before the run
 * @param repair repairs on the host afterwards what is outside the scope of the run
 * @param step the step that fails
 * @param reported words that the last lines have
 */
public record InjectedFault(
        String title,
        UnaryOperator<RunbookText> runbook,
        String host,
        Consumer<FleetNode> prepare,
        Consumer<FleetNode> repair,
        String step,
        List<String> reported) {

    /** A fault that a step of the runbook injects, which claims to be read-only. */
    public static InjectedFault inStep(
            String title, String host, String before, String sh, String step, String... reported) {
        return new InjectedFault(
                title,
                text -> text.before(before, injection(host, sh)),
                host,
                _ -> {},
                _ -> {},
                step,
                List.of(reported));
    }

    public InjectedFault limited(String limitedStep, String limit) {
        return withRunbook(text -> text.timeout(limitedStep, limit));
    }

    public InjectedFault withRunbook(UnaryOperator<RunbookText> change) {
        return new InjectedFault(
                title, text -> change.apply(runbook.apply(text)), host, prepare, repair, step, reported);
    }

    public InjectedFault preparedBy(String sh) {
        return new InjectedFault(title, runbook, host, running(sh), repair, step, reported);
    }

    public InjectedFault repairedBy(String sh) {
        return new InjectedFault(title, runbook, host, prepare, running(sh), step, reported);
    }

    private static Consumer<FleetNode> running(String sh) {
        return node -> node.exec("set -eu; " + sh).require("'" + sh + "' on " + node.name());
    }

    public static final String INJECTION = "Inject a fault";

    static String injection(String host, String sh) {
        return """
            - name: %s
              command:
                argv: [sh, -c, "%s"]
                read_only: true
              when: host.name == "%s"
            """.formatted(INJECTION, sh.replace("\\", "\\\\").replace("\"", "\\\""), host);
    }

    @Override
    public String toString() {
        return title;
    }
}
