package dev.runbook.node.shell;

import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.RunProgram;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.model.action.TransferAction;

/** Who has the work of an action: the node alone, or this machine with it. */
sealed interface ActionWorker {
    record OfNode() implements ActionWorker {}

    record Send(TransferAction.SendFile action) implements ActionWorker {}

    record Fetch(TransferAction.FetchFile action) implements ActionWorker {}

    record Stream(TransferAction.StreamSnapshot action) implements ActionWorker {}

    record Wait(Await action, Probe.Tunnelled probe) implements ActionWorker {}

    static ActionWorker of(Action action) {
        return switch (action) {
            case TransferAction.SendFile send -> new Send(send);
            case TransferAction.FetchFile fetch -> new Fetch(fetch);
            case TransferAction.StreamSnapshot stream -> new Stream(stream);
            case Await await ->
                switch (await.probe()) {
                    case Probe.Tunnelled probe -> new Wait(await, probe);
                    case Probe.OnNode _ -> new OfNode();
                };
            case FileAction.MakeFolder _,
                    FileAction.RemoveEmptyFolder _,
                    FileAction.MovePath _,
                    FileAction.CreateFile _,
                    FileAction.ReplaceFile _,
                    FileAction.UndoReplaceFile _,
                    FileAction.PlaceFile _,
                    FileAction.UndoPlaceFile _,
                    EtcdDataAction.RestoreData _,
                    EtcdDataAction.SaveSnapshot _,
                    ServiceAction.StartUnit _,
                    ServiceAction.StopUnit _,
                    ServiceAction.RestartUnit _,
                    ServiceAction.ReloadUnits _,
                    ContainerAction.StopContainer _,
                    FileAction.MatchAttributes _,
                    RunProgram _ -> new OfNode();
        };
    }
}
