package dev.runbook.node.sim;

import dev.runbook.model.Answer;
import java.util.Map;
import java.util.Set;

/**
 * What of a simulated node never changes.
 *
 * @param tools programs by name
 * @param units systemd's, each with the properties that do not follow from whether it runs
 * @param mountPoints folders that file systems are mounted on
 */
record SimSeed(Map<String, Answer.Tool> tools, Map<String, Map<String, String>> units, Set<String> mountPoints) {
    static final SimSeed NONE = new SimSeed(Map.of(), Map.of(), Set.of());

    SimSeed {
        tools = Map.copyOf(tools);
        units = Map.copyOf(units);
        mountPoints = Set.copyOf(mountPoints);
    }
}
