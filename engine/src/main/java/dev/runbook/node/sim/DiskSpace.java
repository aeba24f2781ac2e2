package dev.runbook.node.sim;

import dev.runbook.model.Action;

/** What a full disk does not let happen. Renames need none, and so undos are renames. */
final class DiskSpace {
    private DiskSpace() {}

    static boolean isNeeded(Action action) {
        return switch (action) {
            case Action.MakeFolder _,
                    Action.CreateFile _,
                    Action.ReplaceFile _,
                    Action.SendFile _,
                    Action.RestoreData _,
                    Action.SaveSnapshot _ -> true;
            case Action.RemoveEmptyFolder _,
                    Action.MovePath _,
                    Action.PutBack _,
                    Action.PlaceFile _,
                    Action.TakeAway _,
                    Action.FetchFile _,
                    Action.StreamSnapshot _,
                    Action.StartUnit _,
                    Action.StopUnit _,
                    Action.RestartUnit _,
                    Action.ReloadUnits _,
                    Action.StopContainer _,
                    Action.MatchAttributes _,
                    Action.RunProgram _,
                    Action.Await _ -> false;
        };
    }
}
