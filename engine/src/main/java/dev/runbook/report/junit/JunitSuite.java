package dev.runbook.report.junit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A named group of test cases.
 *
 * @param output text shown with the cases; may be empty
 */
public record JunitSuite(String name, Instant began, List<Case> cases, String output) {
    public JunitSuite {
        cases = List.copyOf(cases);
    }

    /**
     * One test case.
     *
     * @param group the class in JUnit's terms; CI servers group by it
     */
    public record Case(String group, String name, Duration took, Result result) {}

    /** Result of a case. */
    public sealed interface Result {
        record Passed() implements Result {}

        /**
         * The case failed.
         *
         * @param message in one line
         * @param type a stable word, such as a problem's code
         * @param text all details
         */
        record Failed(String message, String type, String text) implements Result {}

        /** The case was not run. */
        record Skipped(String why) implements Result {}
    }

    long failures() {
        return cases.stream()
                .filter(each -> each.result() instanceof Result.Failed)
                .count();
    }

    long skipped() {
        return cases.stream()
                .filter(each -> each.result() instanceof Result.Skipped)
                .count();
    }

    Duration took() {
        return cases.stream().map(Case::took).reduce(Duration.ZERO, Duration::plus);
    }
}
