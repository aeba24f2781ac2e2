package dev.runbook.node.sim;

import dev.runbook.model.ActionResult;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.RunProgram;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.model.action.TransferAction;

/** What actions do to a simulated node, family by family. */
final class SimActions {
    private final SimNode node;
    private final SimFileActions files;
    private final SimTransfers transfers;
    private final SimEtcdData etcdData;

    SimActions(SimNode node) {
        this.node = node;
        this.files = new SimFileActions(node);
        this.transfers = new SimTransfers(node);
        this.etcdData = new SimEtcdData(node);
    }

    /**
     * Performs an action.
     *
     * @param half only that part of its effect which can be there alone
     */
    ActionResult apply(Action action, long number, boolean half) {
        return switch (action) {
            case FileAction file -> files.apply(file, half);
            case TransferAction transfer -> transfers.apply(transfer, half);
            case EtcdDataAction data -> etcdData.apply(data, node.run() + "/" + number, half);
            case ServiceAction service -> node.services.apply(service, node::passes);
            case ContainerAction.StopContainers stop -> node.services.kubelet().stop(stop, half, node::passes);
            case ContainerAction.EndContainers end -> node.services.kubelet().end(end, half, node::passes);
            case RunProgram program -> node.programs().run(program, node.run() + "/" + number);
            case Await _ -> throw new IllegalArgumentException("a node waits itself");
        };
    }
}
