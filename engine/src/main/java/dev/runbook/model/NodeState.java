package dev.runbook.model;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A host as a plan sees it between two steps. Paths that nobody asked about are in no map: unknown, not absent.
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

    /** The state after an action that succeeded. */
    public NodeState after(Action action) {
        return action.way().forward() ? changedBy(action) : this;
    }

    private NodeState changedBy(Action action) {
        return switch (action) {
            case Action.MakeFolder make -> with(make.path(), new PathState.Folder(make.attributes(), Optional.empty()));
            case Action.RemoveEmptyFolder remove -> with(remove.path(), new PathState.Absent());
            case Action.MovePath move -> moved(move.from(), move.to());
            case Action.CreateFile create ->
                with(create.path(), new PathState.TextFile(create.content(), create.attributes()));
            case Action.ReplaceFile replace ->
                with(replace.kept(), at(replace.path()).orElse(new PathState.OtherFile(replace.attributes())))
                        .with(replace.path(), new PathState.TextFile(replace.content(), replace.attributes()));
            case Action.PutBack back -> moved(back.kept(), back.path());
            case Action.PlaceFile place ->
                (present(place.path()) ? moved(place.path(), place.kept()) : this).moved(place.staged(), place.path());
            case Action.TakeAway away -> {
                var staged = moved(away.path(), away.staged());
                yield staged.present(away.kept()) ? staged.moved(away.kept(), away.path()) : staged;
            }
            case Action.SendFile send -> with(send.path(), new PathState.OtherFile(send.attributes()));
            case Action.RestoreData restore ->
                // Both, since a data folder that is a mount point keeps its place and only member/ moves.
                with(restore.dataDir(), new PathState.Folder(restore.attributes(), Optional.of(restore.member())))
                        .with(
                                restore.dataDir() + "/member",
                                new PathState.Folder(restore.attributes(), Optional.of(restore.member())));
            case Action.SaveSnapshot save -> with(save.path(), new PathState.OtherFile(Attributes.PRIVATE_FILE));
            case Action.StartUnit start -> withUnit(start.unit(), true);
            case Action.StopUnit stop -> withUnit(stop.unit(), false);
            case Action.RestartUnit restart -> withUnit(restart.unit(), true);
            case Action.FetchFile _,
                    Action.StreamSnapshot _,
                    Action.ReloadUnits _,
                    Action.StopContainer _,
                    Action.MatchAttributes _,
                    Action.RunProgram _,
                    Action.Await _ -> this;
        };
    }

    /** A rename takes everything below the folder along. */
    private NodeState moved(String from, String to) {
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
