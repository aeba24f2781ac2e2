package dev.runbook.node.sim;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that must be as before when a run has been rolled back. */
public record SimView(
        Map<String, SimTree.Thing> paths, Map<String, Boolean> units, List<String> containers, String member) {
    static SimView of(SimNode node, String run) {
        var paths = new TreeMap<>(node.tree.all());
        paths.keySet().removeIf(path -> path.contains("runbook-" + run));
        return new SimView(
                paths,
                Map.copyOf(node.services.units),
                List.copyOf(node.services.containers),
                String.valueOf(node.cluster().members().get(node.name())));
    }

    /** The same but for which inode a file is: a run that was taken over makes other ones. */
    public SimView withoutInodes() {
        var plain = new TreeMap<String, SimTree.Thing>();
        paths.forEach((path, thing) -> plain.put(path, new SimTree.Thing(0, thing.content(), thing.attributes())));
        return new SimView(plain, units, containers, member);
    }
}
