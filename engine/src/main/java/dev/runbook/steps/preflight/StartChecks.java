package dev.runbook.steps.preflight;

import dev.runbook.facts.HostFacts;
import dev.runbook.facts.StartNeed;
import dev.runbook.model.Need;
import dev.runbook.model.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that what a run stops can start again, with the new data as in a rollback: a process keeps what it read at its
 * start, so one that runs proves nothing.
 */
final class StartChecks {
    private StartChecks() {}

    static List<Problem> check(HostFacts facts) {
        var problems = new ArrayList<Problem>();
        for (var found : facts.start().orElse(List.of())) {
            if (found.lacking().isPresent()) {
                problems.add(lacking(facts.host(), found, found.lacking().get()));
            } else if (found.need() instanceof Need.Image image && image.alwaysPulled()) {
                problems.add(Problem.on(
                                facts.host(),
                                "image-pulled-at-start",
                                image.component() + " pulls " + image.name()
                                        + " at each start (imagePullPolicy Always), so it does not start while its"
                                        + " registry cannot be reached",
                                "set imagePullPolicy: IfNotPresent in its manifest, or be sure of the registry")
                        .asWarning());
            }
        }
        return problems;
    }

    private static Problem lacking(String host, StartNeed found, String why) {
        return Problem.on(
                host,
                "cannot-start-again",
                found.need().component() + " could not start again once it is stopped: it needs "
                        + found.need().describe() + ", and " + why,
                switch (found.need()) {
                    case Need.AtPath _ ->
                        "put it back as it was, and do not restart "
                                + found.need().component() + " before";
                    case Need.Image _ -> "pull it on this host (`crictl pull`)";
                });
    }
}
