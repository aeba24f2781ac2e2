package dev.runbook.node.shell.script;

import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.RunProgram;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.model.action.TransferAction;

/** Who performs an action: the node alone, or the controller with it. */
public sealed interface ActionWorker {
    record OnNode() implements ActionWorker {}

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
                    case Probe.OnNode _ -> new OnNode();
                };
            case FileAction _, EtcdDataAction _, ServiceAction _, ContainerAction _, RunProgram _ -> new OnNode();
        };
    }
}
