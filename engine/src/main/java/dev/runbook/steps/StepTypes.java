package dev.runbook.steps;

import dev.runbook.step.StepCatalog;
import dev.runbook.steps.command.Command;
import dev.runbook.steps.commit.Commit;
import dev.runbook.steps.confirm.Confirm;
import dev.runbook.steps.copy.Copy;
import dev.runbook.steps.fetch.Fetch;
import dev.runbook.steps.patchmanifest.PatchManifest;
import dev.runbook.steps.preflight.Preflight;
import dev.runbook.steps.restartkubelet.RestartKubelet;
import dev.runbook.steps.restore.Restore;
import dev.runbook.steps.service.Service;
import dev.runbook.steps.snapshot.Snapshot;
import dev.runbook.steps.startapiserver.StartApiserver;
import dev.runbook.steps.startetcd.StartEtcd;
import dev.runbook.steps.stopapiserver.StopApiserver;
import dev.runbook.steps.stopetcd.StopEtcd;
import dev.runbook.steps.switchdata.SwitchData;
import dev.runbook.steps.verify.Verify;
import dev.runbook.steps.waitfor.WaitFor;
import java.util.List;

/** All step types, in the order of the reference: a new one is one line here. */
public final class StepTypes {
    public static final StepCatalog ALL = new StepCatalog(List.of(
            new Preflight(),
            new Snapshot(),
            new Restore(),
            new StopApiserver(),
            new StopEtcd(),
            new PatchManifest(),
            new SwitchData(),
            new StartEtcd(),
            new Verify(),
            new Commit(),
            new StartApiserver(),
            new RestartKubelet(),
            new Service(),
            new Command(),
            new Copy(),
            new Fetch(),
            new WaitFor(),
            new Confirm()));

    private StepTypes() {}
}
