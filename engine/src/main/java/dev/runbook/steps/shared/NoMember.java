package dev.runbook.steps.shared;

import dev.runbook.facts.HostFacts;
import dev.runbook.model.Problem;
import dev.runbook.step.StepContext;
import java.util.List;
import java.util.Set;

/** Why a step that needs a member finds none on its host: none is configured, or its configuration cannot be read. */
public final class NoMember {
    /** A member is configured, and no facts of it could be made of that. */
    private static final Set<String> UNREAD = Set.of("member-config", "relative-data-dir", "no-client-url");

    private NoMember() {}

    /** Whether a host has a member that no facts could be made of. */
    public static boolean unread(HostFacts host) {
        return host.problems().stream().anyMatch(problem -> UNREAD.contains(problem.code()));
    }

    /**
     * The problems to report.
     *
     * @param what the problem where none is configured
     * @param next the next step there
     */
    public static List<Problem> on(StepContext context, String what, String next) {
        var unreadable = context.facts().problems().stream()
                .filter(problem -> UNREAD.contains(problem.code()))
                .toList();
        return unreadable.isEmpty() ? List.of(Problem.on(context.host(), "no-member", what, next)) : unreadable;
    }
}
