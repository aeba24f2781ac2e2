package dev.runbook.model;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A host as a plan sees it between two steps. Paths that were not queried are in no map: unknown, not absent.
 *
 * @param units systemd units, and whether they run
 */
public record NodeState(SortedMap<String, PathState> paths, SortedMap<String, Boolean> units) {
    public NodeState {
        paths = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(paths));
        units = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(units));
    }

    public static NodeState unknown() {
        return new NodeState(new TreeMap<>(), new TreeMap<>());
    }

    public Optional<PathState> at(String path) {
        return Optional.ofNullable(paths.get(path));
    }

    /** Known to be there. */
    public boolean present(String path) {
        var state = paths.get(path);
        return state != null && !(state instanceof PathState.Absent);
    }

    public Optional<PathState.TextFile> text(String path) {
        return at(path).filter(PathState.TextFile.class::isInstance).map(PathState.TextFile.class::cast);
    }

    public boolean unitRuns(String unit) {
        return units.getOrDefault(unit, false);
    }

    public NodeState with(String path, PathState state) {
        var next = new TreeMap<>(paths);
        next.put(path, state);
        return new NodeState(next, units);
    }

    public NodeState withUnit(String unit, boolean runs) {
        var next = new TreeMap<>(units);
        next.put(unit, runs);
        return new NodeState(paths, next);
    }

    /** A rename takes everything below the folder along. */
    public NodeState moved(String from, String to) {
        var next = new TreeMap<String, PathState>();
        paths.forEach((path, state) -> {
            if (path.equals(from) || path.startsWith(from + "/")) {
                next.put(to + path.substring(from.length()), state);
            } else if (!path.equals(to) && !path.startsWith(to + "/")) {
                next.put(path, state);
            }
        });
        next.put(from, new PathState.Absent());
        next.putIfAbsent(to, new PathState.OtherFile(Attributes.PRIVATE_FILE));
        return new NodeState(next, units);
    }
}
