package dev.runbook.node.sim;

import dev.runbook.model.Answer;
import dev.runbook.model.Need;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of a simulated node never changes.
 *
 * @param tools programs by name
 * @param units systemd's, each with the properties that do not follow from whether it runs
 * @param mountPoints folders that file systems are mounted on
 * @param lacks what components need to start and would not find, with the reason; all else that they need is taken to be there
 */
record SimSeed(
        Map<String, Answer.Tool> tools,
        Map<String, Map<String, String>> units,
        Set<String> mountPoints,
        Map<Need, String> lacks) {
    static final SimSeed NONE = new SimSeed(Map.of(), Map.of(), Set.of(), Map.of());

    SimSeed {
        tools = Map.copyOf(tools);
        units = Map.copyOf(units);
        mountPoints = Set.copyOf(mountPoints);
        lacks = Map.copyOf(lacks);
    }

    Optional<String> lacking(Need need) {
        return Optional.ofNullable(lacks.get(need));
    }
}
