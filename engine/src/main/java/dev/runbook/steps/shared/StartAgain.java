package dev.runbook.steps.shared;

import dev.runbook.facts.StartNeed;
import dev.runbook.model.Need;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.step.StepContext;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The last look before something is stopped: what it needs to start is still there. Preflight looked too, but a snapshot and
 * a restore lie between, which may take hours.
 */
public final class StartAgain {
    /** For a file that is being replaced; what is missing for longer stays missing. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private StartAgain() {}

    /** Of everything that runs on the host. */
    public static void check(StepContext context, Actions actions) {
        check(context, actions, List.of());
    }

    /**
     * Adds the look, at what the plan found in order: what was accepted as lacking is not waited for.
     *
     * @param components that count; empty for all of the host
     */
    public static void check(StepContext context, Actions actions, Collection<String> components) {
        List<Need> needs = context.facts().start().orElse(List.of()).stream()
                .filter(found -> found.lacking().isEmpty())
                .map(StartNeed::need)
                .filter(need -> components.isEmpty() || components.contains(need.component()))
                .toList();
        if (!needs.isEmpty()) {
            actions.add(new Await(new Probe.CanStart(needs), DEADLINE, Direction.FORWARD));
        }
    }
}
