package dev.runbook.cli.inventory;

import dev.runbook.cli.terminal.LiveDisplay;
import dev.runbook.cli.terminal.SteadyClock;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.node.NodeSet;
import dev.runbook.report.live.HostsWait;
import dev.runbook.survey.ClusterSurvey;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A survey of hosts that shows which of them have not answered yet. */
public final class WatchedSurvey {
    private WatchedSurvey() {}

    /** Facts of all hosts, or the reasons why some could not be read. */
    public static ClusterSurvey.Result survey(
            Terminal terminal, NodeSet fleet, Map<String, List<String>> groups, Clock clock) {
        if (SimulatedNodes.of(fleet)) {
            return ClusterSurvey.survey(fleet, groups, SimulatedNodes.clock(fleet, clock));
        }
        var wait = new HostsWait(new SteadyClock(clock), fleet.nodes().keySet());
        try (var _ = LiveDisplay.start(terminal, wait)) {
            return ClusterSurvey.survey(fleet, groups, clock, wait::finished);
        }
    }
}
