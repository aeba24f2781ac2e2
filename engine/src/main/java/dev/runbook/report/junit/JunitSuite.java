package dev.runbook.report.junit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Cases that belong together.
 *
 * @param output what is shown beside them; may be empty
 */
public record JunitSuite(String name, Instant began, List<Case> cases, String output) {
    public JunitSuite {
        cases = List.copyOf(cases);
    }

    /**
     * One thing that was tried.
     *
     * @param group what JUnit calls the class; servers group by it
     */
    public record Case(String group, String name, Duration took, Result result) {}

    /** What came of it. */
    public sealed interface Result {
        record Passed() implements Result {}

        /**
         * It is not as it should be.
         *
         * @param message in one line
         * @param type a stable word, such as a problem's code
         * @param text the whole story
         */
        record Failed(String message, String type, String text) implements Result {}

        /** It was not tried. */
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
