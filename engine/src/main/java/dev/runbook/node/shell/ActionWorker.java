package dev.runbook.node.shell;

import dev.runbook.model.Action;
import dev.runbook.model.Probe;

/** Who has the work of an action: the node alone, or this machine with it. */
sealed interface ActionWorker {
    record OfNode() implements ActionWorker {}

    record Send(Action.SendFile action) implements ActionWorker {}

    record Fetch(Action.FetchFile action) implements ActionWorker {}

    record Stream(Action.StreamSnapshot action) implements ActionWorker {}

    record Wait(Action.Await action, Probe.Tunnelled probe) implements ActionWorker {}

    static ActionWorker of(Action action) {
        return switch (action) {
            case Action.SendFile send -> new Send(send);
            case Action.FetchFile fetch -> new Fetch(fetch);
            case Action.StreamSnapshot stream -> new Stream(stream);
            case Action.Await await ->
                switch (await.probe()) {
                    case Probe.Tunnelled probe -> new Wait(await, probe);
                    case Probe.OnNode _ -> new OfNode();
                };
            case Action.MakeFolder _,
                    Action.RemoveEmptyFolder _,
                    Action.MovePath _,
                    Action.CreateFile _,
                    Action.ReplaceFile _,
                    Action.PutBack _,
                    Action.PlaceFile _,
                    Action.TakeAway _,
                    Action.RestoreData _,
                    Action.SaveSnapshot _,
                    Action.StartUnit _,
                    Action.StopUnit _,
                    Action.RestartUnit _,
                    Action.ReloadUnits _,
                    Action.StopContainer _,
                    Action.MatchAttributes _,
                    Action.RunProgram _ -> new OfNode();
        };
    }
}
